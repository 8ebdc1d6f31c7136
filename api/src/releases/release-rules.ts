import { createHash } from 'node:crypto';
import { rulesOf, type RuleSettings } from '../disclosure/rules.ts';

/** Tells whether settings are those of a release, without keeping them beside it. */
export const settingsHash = (settings: RuleSettings): Buffer => {
  const { owners, peers, percent, pooled } = rulesOf(settings);
  return createHash('sha256')
    .update(JSON.stringify([owners, peers, percent, pooled]))
    .digest();
};
