/**
 * Where the SELECTs of a source are run: in views whose definer is a user that may read the databases of loads and nothing
 * else. What a SELECT says is judged before (mapping-guard.ts); this holds where that should miss something, because
 * the engine itself refuses whatever the definer may not: published tables, the engine's own, files, other servers.
 */
import { MAPPER } from '@beltline/sql/engine';
import { z } from 'zod';
import type { MappedModel } from './canonical-model.ts';
import type { LoadSession } from './load-session.ts';
import { CHECK_LIMITS, checkLimits, engineComplaint, missingRight } from './mapping-limits.ts';

/** The view of each SELECT, in the load's own database. */
export const MAPPED_VIEW: Readonly<Record<MappedModel, string>> = {
  orderLines: 'load__mapped_order_lines',
  merchants: 'load__mapped_merchants',
  memberships: 'load__mapped_memberships',
  belts: 'load__mapped_belts',
};

export interface SandboxVerdict {
  /** What the engine says against the SELECT, in a sentence; null where it can be run. */
  readonly complaint: string | null;
  /** It would read what its definer may not. */
  readonly isForbidden: boolean;
}

/**
 * Makes the view of a SELECT and plans it, with the rights it is run with.
 * @throws what the engine says of itself: one that is gone, or has no such user, is no fault of a SELECT.
 */
export async function tryInSandbox(
  session: LoadSession,
  model: MappedModel,
  mapping: string,
  timeZone: string,
): Promise<SandboxVerdict> {
  const view = MAPPED_VIEW[model];
  try {
    await session.run('create-mapping', { fill: { view, definer: MAPPER, mapping }, settings: CHECK_LIMITS });
    await session.rows('try-mapping', z.object({}), { fill: { view, limits: checkLimits(timeZone) } });
    return { complaint: null, isForbidden: false };
  } catch (error) {
    const right = missingRight(error);
    // A view has no column twice; which one that is, the description of the SELECT says.
    if (TWICE.test(String(error))) return { complaint: null, isForbidden: false };
    if (right === null) return { complaint: engineComplaint(error), isForbidden: false };
    // The one right that is the loader's own, and which a server has that knows the user.
    if (/^SET DEFINER\b/.test(right)) throw new Error(NO_MAPPER, { cause: error });
    return {
      complaint: `it needs a right that a SELECT of a source has not (${right}); it may read the source's own tables only.`,
      isForbidden: true,
    };
  }
}

const TWICE = /column with this name already exists/;

const NO_MAPPER =
  `the server has no user ${MAPPER}, with whose rights the SELECTs of sources are run, or its loader may not name it as a ` +
  'definer. Take both over from docker/clickhouse/users.xml.';
