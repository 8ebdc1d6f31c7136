/** A table that cannot be read is one finding, whatever the engine says of it; the engine's own limits are none. */
import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client';
import { damageOfNewest } from './damage.ts';
import { findDamage } from './find-damage.ts';

const LISTED = [{ data_version: 7, source: 'mine', months: ['2025-01-01'], flag: 1 }];

/** Everything is as it was committed, but that a table is answered for with an error. */
function withTable(table: string, type: string, message = 'what it says'): ClickHouseClient {
  return whereReading(table, new ClickHouseError({ code: '0', type, message }));
}

function whereReading(table: string, error: Error): ClickHouseClient {
  return {
    query: async ({ query }: { query: string }) => {
      if (new RegExp(`FROM beltline.${table}\\b`).test(query)) throw error;
      return { json: async () => (/HAVING/.test(query) ? [] : LISTED) };
    },
  } as unknown as ClickHouseClient;
}

it.each([
  'EXPECTED_END_OF_FILE',
  'CHECKSUM_DOESNT_MATCH',
  'NO_SUCH_COLUMN_IN_TABLE',
  'STD_EXCEPTION',
  'LOGICAL_ERROR',
  'UNKNOWN_TABLE',
  'A_CODE_OF_A_LATER_ENGINE',
])('%s of one table says nothing against the others', async (type) => {
  const findings = await findDamage(withTable('rollup_belt_day', type));
  expect(findings.damages.map(({ table, foundRows }) => [table, foundRows])).toEqual([
    ['rollup_belt_day', null],
  ]);
  expect(damageOfNewest(findings)).toHaveLength(1);
});

it.each([
  'MEMORY_LIMIT_EXCEEDED',
  'TIMEOUT_EXCEEDED',
  'TOO_MANY_SIMULTANEOUS_QUERIES',
  'QUERY_WAS_CANCELLED',
])('%s says nothing of what is stored', async (type) => {
  await expect(findDamage(withTable('rollup_belt_day', type))).rejects.toMatchObject({ type });
});

it('an error of the file system that the engine gives no name is one all the same', async () => {
  const said =
    'std::exception. Code: 1001, type: std::__1::filesystem::filesystem_error, e.what() = No such file';
  const { damages } = await findDamage(whereReading('rollup_belt_day', new Error(said)));
  expect(damages).toMatchObject([{ table: 'rollup_belt_day', foundRows: null }]);
  await expect(findDamage(whereReading('rollup_belt_day', new Error('socket hang up')))).rejects.toThrow(
    'socket hang up',
  );
});

it.each([
  ['CANNOT_OPEN_FILE', 'Cannot open file data.bin: , errno: 13, strerror: Permission denied'],
  ['STD_EXCEPTION', 'filesystem error: in directory_iterator: Permission denied ["/data"]'],
])('says of %s that the account may not read it', async (type, message) => {
  for (const table of ['rollup_belt_day', 'load_events']) {
    const { damages } = await findDamage(withTable(table, type, message));
    expect(damages).toMatchObject([{ table, forbidden: true }]);
  }
});
