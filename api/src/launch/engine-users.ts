/** Whether a ClickHouse server of one's own lets in the users as whom the API asks, and shows people's questions nothing outside a scope. */
import { EngineError, queries, runQuery, typeOf } from '@beltline/sql/clickhouse';
import type { ClickHouseClient, EngineLocation } from '@beltline/sql/engine';
import { NAMES_ONLY } from '../access/viewer.ts';

const NOT_LET_IN = /AUTHENTICATION_FAILED|REQUIRED_PASSWORD|WRONG_PASSWORD|UNKNOWN_USER|ACCESS_DENIED/;
const REMEDY =
  'docker/clickhouse/users.xml has the users that a server needs, with their rights and row policies.';

/**
 * Asks once as each. A server that does not answer yet is waited for elsewhere.
 * @throws Error that names the user, the setting and the remedy.
 */
export async function assertEngineUsers(
  location: Extract<EngineLocation, { kind: 'remote' }>,
  clientOf: (role: 'reader' | 'viewer') => ClickHouseClient,
): Promise<void> {
  for (const role of ['reader', 'viewer'] as const) {
    const seen = await rowsAs(role, location, clientOf(role));
    if (role === 'viewer' && seen > 0)
      throw new Error(
        `The ClickHouse user ${location.viewer.user} (CLICKHOUSE_VIEWER_USER) sees rows without a scope: it has no row policies. ${REMEDY}`,
      );
  }
}

async function rowsAs(
  role: 'reader' | 'viewer',
  location: Extract<EngineLocation, { kind: 'remote' }>,
  client: ClickHouseClient,
): Promise<number> {
  try {
    // The sources that are published: of any other source than those of its scope a viewer must see none.
    return (await runQuery(client, NAMES_ONLY, queries.currentVersions, { seen: [] })).length;
  } catch (error) {
    const type = typeOf(error instanceof EngineError ? error.cause : error);
    // Before the first load there is nothing to see; what else fails is told by the questions that meet it.
    if (!NOT_LET_IN.test(type)) return 0;
    throw new Error(
      `The ClickHouse server does not let in ${location[role].user}, or not to the published tables (${type}). ` +
        `Set CLICKHOUSE_${role.toUpperCase()}_USER and CLICKHOUSE_${role.toUpperCase()}_PASSWORD. ${REMEDY}`,
      { cause: error },
    );
  }
}
