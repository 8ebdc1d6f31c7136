/** Names of lookups that are shown, and hold nothing that can be seen. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthQuestion } from '@beltline/contract';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const FILES = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv', 'data/orders-1.csv'];
const lenient = {
  'source.yaml': (text: string) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
};
const BLANKS = [
  ...[
    '\u200b',
    '\u2060',
    '\u00ad',
    '\u200f',
    '\u3164',
    '\u2800',
    '\ufe0f',
    '\u{e0020}',
    '\u3000',
    ' ',
    '\u00a0',
  ],
  '\u200b \u2060',
];

it('a belt whose names cannot be seen has none, and one of them is its other', async () => {
  const folder = goldenSource(bench, 'blank-belts', lenient);
  const rows = BLANKS.flatMap((blank, at) => [
    `A${at},${blank},Named ${at},浙江省`,
    `B${at},有名 ${at},${blank},${blank}`,
    `C${at},${blank},${blank},浙江省`,
  ]);
  appendFileSync(join(folder, 'data', 'belts.csv'), `${rows.join('\n')}\n`);
  await loadInProcess(bench, folder, FILES);
  const kept = await query(
    bench.client,
    `SELECT belt_id, name_zh, name_en, toString(province) AS province FROM belts WHERE source = 'blank-belts' AND match(belt_id, '^[ABC][0-9]')
     ORDER BY toUInt32(substring(belt_id, 2)), belt_id`,
  );
  expect(kept).toEqual(
    BLANKS.flatMap((_, at) => [
      { belt_id: `A${at}`, name_zh: '', name_en: `Named ${at}`, province: '浙江省' },
      { belt_id: `B${at}`, name_zh: `有名 ${at}`, name_en: '', province: '' },
    ]),
  );
  const rejects = await query<{ fault: string }>(
    bench.client,
    `SELECT concat(faults[1].rule, ' ', faults[1].field) AS fault FROM quarantine WHERE source = 'blank-belts' AND match(faults[1].field, '^(name_zh|belt_id)$') ORDER BY line`,
  );
  expect(rejects.map(({ fault }) => fault)).toEqual(BLANKS.map(() => 'required name_zh'));
});

it('an id of a lookup that cannot be seen is rejected', async () => {
  const folder = goldenSource(bench, 'blank-ids', lenient);
  appendFileSync(
    join(folder, 'data', 'belts.csv'),
    BLANKS.map((blank, at) => `${blank},名 ${at},Name ${at},浙江省\n`).join(''),
  );
  await loadInProcess(bench, folder, FILES);
  const rejects = await query<{ fault: string }>(
    bench.client,
    `SELECT concat(faults[1].rule, ' ', faults[1].field) AS fault FROM quarantine WHERE source = 'blank-ids' AND match(faults[1].field, '^(name_zh|belt_id)$') ORDER BY line`,
  );
  expect(rejects.map(({ fault }) => fault)).toEqual(BLANKS.map(() => 'invisible-character belt_id'));
});

it('a name is as long as can be asked for, and no longer', async () => {
  const folder = goldenSource(bench, 'long-belts', lenient);
  const [long, longer] = ['名'.repeat(66), '名'.repeat(67)];
  const rows = [`L1,${long},Name,${'x'.repeat(200)}`, `L2,${longer},Name,p`, `L3,名,Name,${'x'.repeat(201)}`];
  appendFileSync(join(folder, 'data', 'belts.csv'), `${rows.join('\n')}\n`);
  await loadInProcess(bench, folder, FILES);
  const kept = await query<{ province: string }>(
    bench.client,
    `SELECT belt_id, name_zh, toString(province) AS province FROM belts WHERE source = 'long-belts' AND match(belt_id, '^L[123]$')`,
  );
  expect(kept).toEqual([{ belt_id: 'L1', name_zh: long, province: 'x'.repeat(200) }]);
  const asked = { from: '2024-01', to: '2024-01', province: kept[0]?.province };
  expect(growthQuestion.safeParse(asked).success).toBe(true);
  const rejects = await query<{ fault: string }>(
    bench.client,
    `SELECT concat(faults[1].rule, ' ', faults[1].field) AS fault FROM quarantine WHERE source = 'long-belts' AND faults[1].rule = 'too-long' ORDER BY line`,
  );
  expect(rejects.map(({ fault }) => fault)).toEqual(['too-long name_zh', 'too-long province']);
});

it('names with something to see stay as they are written', async () => {
  const folder = goldenSource(bench, 'seen-belts');
  appendFileSync(join(folder, 'data', 'belts.csv'), 'EMOJI,👨‍👩‍👧 家纺,می‌خواهم,浙江省\n');
  await loadInProcess(bench, folder, FILES);
  const kept = await query(
    bench.client,
    `SELECT name_zh, name_en FROM belts WHERE source = 'seen-belts' AND belt_id = 'EMOJI'`,
  );
  expect(kept).toEqual([{ name_zh: '👨‍👩‍👧 家纺', name_en: 'می‌خواهم' }]);
});
