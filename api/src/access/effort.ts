import type { Role } from '@beltline/contract';
import type { Effort } from '@beltline/sql/clickhouse';

const GB = 1_000_000_000;

/**
 * What one question of somebody may take of the engine, by what they are here for. A strategist's heaviest is the nation's, over ten million
 * lines; an official's is some belts', a merchant's a few shops'. Who is several things has the most of each; how many questions at once is the
 * account's (`RequestLimits`). Administrators, who see no figures, are not listed.
 */
const BY_ROLE: Readonly<Partial<Record<Role, Effort>>> = {
  strategist: { seconds: 30, bytes: 3 * GB, rows: 5_000_000_000 },
  engineer: { seconds: 30, bytes: 2 * GB, rows: 5_000_000_000 },
  official: { seconds: 10, bytes: GB, rows: 500_000_000 },
  merchant: { seconds: 5, bytes: GB / 2, rows: 100_000_000 },
};

/** Next to nothing, for who has no role: they see nothing either. */
const LEAST: Effort = { seconds: 1, bytes: GB / 10, rows: 1_000_000 };

/** @returns the most of each that one of the roles has. */
export const effortOf = (roles: readonly Role[]): Effort =>
  roles.reduce<Effort>((most, role) => {
    const own = BY_ROLE[role] ?? LEAST;
    return {
      seconds: Math.max(most.seconds, own.seconds),
      bytes: Math.max(most.bytes, own.bytes),
      rows: Math.max(most.rows, own.rows),
    };
  }, LEAST);
