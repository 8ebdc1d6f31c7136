import { createHash } from 'node:crypto';
import type { DisclosureRules } from '../disclosure/rules.ts';
import type { ApiConfig } from '../platform/config/config.ts';

type RuleSettings = Pick<
  ApiConfig,
  'BELTLINE_DISCLOSURE_OWNERS' | 'BELTLINE_DISCLOSURE_PERCENT' | 'BELTLINE_DISCLOSURE_POOLED'
>;

/** No peer group is released yet. */
const PEERS = 10;

/** The rules as the server is set. They stay here: no answer, log or reason names them. */
export const rulesOf = (settings: RuleSettings): DisclosureRules => ({
  owners: settings.BELTLINE_DISCLOSURE_OWNERS,
  peers: PEERS,
  percent: settings.BELTLINE_DISCLOSURE_PERCENT,
  pooled: settings.BELTLINE_DISCLOSURE_POOLED,
});

/** Tells whether settings are those of a release, without keeping them beside it. */
export const settingsHash = (settings: RuleSettings): Buffer => {
  const { owners, peers, percent, pooled } = rulesOf(settings);
  return createHash('sha256')
    .update(JSON.stringify([owners, peers, percent, pooled]))
    .digest();
};
