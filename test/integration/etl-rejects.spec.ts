/** Rejected rows as a file, corrected and loaded again: as if they had been right at first, in a source of GB18030 and one of workbooks' lines. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bench,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  startCommand,
} from './etl-harness.ts';
import { gb18030 } from '../fixtures/gb18030.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['belts.csv', 'merchants.csv', 'memberships.csv'].map((name) => `data/${name}`);
const HEADER =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,' +
  'sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand\n';
const line = (order: string, amount = '10.00', merchant = 'M1'): string =>
  `${order},1,2025-02-03 10:00:00,2025-02-04 10:00:00,paid,${merchant},"买家, 甲",retailer,CN,CN,wholesale,,1,${amount},0.00,0,0\n`;
/** Its first cell would be a formula, and its order number is one letter that is not in the file's encoding twice. */
const ROWS = [
  line('A'),
  line('=1+1', '-5'),
  line("'B", '1.239'),
  line('C').replace(',0,0\n', '\n'),
  line('D'),
];
const RIGHT = [line('A'), line('=1+1', '5'), line("'B", '1.23'), line('C'), line('D')];

const source = (id: string): string =>
  goldenSource(bench, id, {
    'source.yaml': (text) =>
      text
        .replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1')
        .replace(
          /match: orders-\*\.csv\n {4}optional: true\n {4}format: csv/,
          (found) => `${found}\n    encoding: gb18030`,
        ),
  });

it('is listed, and written as a file that loads once it is corrected', async () => {
  const folder = source('rejected');
  writeFileSync(join(folder, 'data', 'orders-1.csv'), gb18030(HEADER + ROWS.join('')));
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  expect(batch.reconciliation.rejected.lines).toBe(3);
  const id = String(batch.batchId);
  const listed = await startCommand(bench.dataDir, ['rejects', id]).done;
  expect(listed.output).toContain('orders-1.csv, line 3: negative in amount: "-5"\n    =1+1,1,');
  const file = join(bench.folder, 'rejects.csv');
  const made = await startCommand(bench.dataDir, ['rejects', id, '--csv', '--out', file]).done;
  expect([made.code, made.output]).toEqual([0, expect.stringContaining('3 rows in ')]);
  const text = readFileSync(file, 'utf8');
  expect(
    text.startsWith(
      '\ufefffile,line,reasons,row\r\n"orders-1.csv",3,"negative in amount: ""-5""","\'=1+1,1,',
    ),
  ).toBe(true);
  // Nothing is written over it.
  expect((await startCommand(bench.dataDir, ['rejects', id, '--csv', '--out', file]).done).code).toBe(1);
  const loadCorrected = (...more: string[]) =>
    startCommand(bench.dataDir, [
      ...['--source-folder', folder, 'load', 'rejected', '--corrected', file, '--files'],
      ...[...LOOKUPS].map((name) => join(folder, name)),
      ...more,
    ]).done;
  // As it is, all of it is rejected again.
  expect((await loadCorrected()).output).toMatch(/read +3 .*\n *loaded +0 .*\n.*\n *rejected +3/);
  writeFileSync(
    file,
    text
      .replace(',-5,0.00', ',5,0.00')
      .replace(',1.239,', ',1.23,')
      .replace(/(C,1,.*10\.00,0\.00)"/, '$1,0,0"'),
  );
  expect((await loadCorrected()).output).toMatch(/read +3 .*\n *loaded +3 /);
  expect((await loadCorrected()).output).toContain('loaded already');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('beltline-corrected-'))).toEqual([]);
  const right = source('right');
  writeFileSync(join(right, 'data', 'orders-1.csv'), gb18030(HEADER + RIGHT.join('')));
  await loadInProcess(bench, right, [...LOOKUPS, 'data/orders-1.csv']);
  const [corrected, atFirst] = await Promise.all(
    ['rejected', 'right'].map((name) => figures(bench.client, name)),
  );
  expect({ ...corrected, rollup_lineage: '' }).toEqual({ ...atFirst, rollup_lineage: '' });
  expect(
    await query(
      bench.client,
      `SELECT DISTINCT name FROM load_files WHERE source = 'rejected' AND role = 'facts' ORDER BY name`,
    ),
  ).toEqual([{ name: 'orders-1.csv' }, { name: 'rejects.csv' }]);
});

it.each([
  ['a batch that there is not', ['rejects', '999'], 2, 'There is no batch 999'],
  ...['rejects', 'undo'].flatMap((command): [string, string[], number, string][] => [
    [
      `a batch beyond all numbers in ${command}`,
      [command, '99999999999999999999999'],
      2,
      'up to 9007199254740991',
    ],
    [
      `one that a number cannot tell in ${command}`,
      [command, '9007199254740993'],
      2,
      'up to 9007199254740991',
    ],
    [
      `the largest batch in ${command}`,
      [command, '9007199254740991'],
      2,
      'There is no batch 9007199254740991',
    ],
  ]),
  [
    'as many lines as there are not',
    ['load', 'demo', '--lines', `1${'0'.repeat(400)}`],
    2,
    'up to 9007199254740991',
  ],
  ['a file without a list', ['rejects', '1', '--out', 'x'], 2, '--out is for --csv'],
])('refuses %s by name', async (_, args, code, message) => {
  const ended = await startCommand(bench.dataDir, args).done;
  expect([ended.code, ended.output]).toEqual([code, expect.stringContaining(message)]);
});

it.each(['load', 'preview'])(
  '%s names the list, and not what is made of it, where its rows are no file',
  async (command) => {
    const folder = source(`open-${command}`);
    const file = join(bench.folder, `open-${command}.csv`);
    writeFileSync(file, 'file,line,reasons,row\nf,2,r,\nf,3,r,x\nf,9,r,"""open,1"\n');
    const { code, output } = await startCommand(bench.dataDir, [
      ...['--source-folder', folder, command, `open-${command}`, '--corrected', file, '--files'],
      ...LOOKUPS.map((name) => join(folder, name)),
    ]).done;
    expect([code, output]).toEqual([1, expect.stringContaining(`${file}, line 4: a quote opens`)]);
    expect(output).not.toContain('beltline-corrected-');
  },
);

it('what is rejected again, and what is loaded, is told by the lines of the list, though rows of it were emptied', async () => {
  const folder = source('lines-of');
  const data = join(folder, 'data');
  // No id may hold a line end, so the last but one stays rejected; the last stands two lines below it.
  const two = line('F').replace('甲"', '甲\n乙"');
  const rows = [
    line('A', 'x'),
    line('B', 'y'),
    line('C').replace(',0,0\n', '\n'),
    line('D', 'z'),
    two,
    line('G', 'w'),
  ];
  writeFileSync(join(data, 'orders-1.csv'), gb18030(HEADER + rows.join('')));
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  const list = join(bench.folder, 'lines-of.csv');
  await startCommand(bench.dataDir, ['rejects', String(batch.batchId), '--csv', '--out', list]).done;
  const text = readFileSync(list, 'utf8');
  expect(
    text
      .split('\r\n')
      .slice(1, 7)
      .map((one) => one[0] === '"' && one.split(',')[1]),
  ).toEqual(['2', '3', '4', '5', '6', '8']);
  // The first is emptied, the second and the last are put right, and the others stay as they are.
  const corrected = text
    .replace(/"A,1,(?:[^"]|"")*"/, '""')
    .replace(',y,', ',1.00,')
    .replace(',w,', ',2.00,');
  writeFileSync(list, corrected);
  const loaded = await startCommand(bench.dataDir, [
    ...['--source-folder', folder, 'load', 'lines-of', '--corrected', list, '--files'],
    ...LOOKUPS.map((name) => join(folder, name)),
  ]).done;
  expect(loaded.output).toMatch(/read +5 .*\n *loaded +2 .*\n.*\n *rejected +3/);
  const { batch_id: again } = (
    await query<{ batch_id: string }>(
      bench.client,
      `SELECT toString(max(batch_id)) AS batch_id FROM load_files WHERE name = 'lines-of.csv'`,
    )
  )[0] as { batch_id: string };
  const listed = (await startCommand(bench.dataDir, ['rejects', again]).done).output;
  const places = [...listed.matchAll(/^lines-of\.csv, line (\d+)/gm)].map(([, at]) => Number(at));
  const lines = corrected.split('\n');
  expect(places).toHaveLength(3);
  expect(places.map((at) => /"([A-G]),1,/.exec(lines[at - 1] ?? '')?.[1])).toEqual(['C', 'D', 'F']);
  const inForce = await query<{ order_id: string; file_line: string }>(
    bench.client,
    `SELECT order_id, toString(file_line) AS file_line FROM order_lines FINAL WHERE source = 'lines-of' ORDER BY order_id`,
  );
  expect(
    inForce.map(({ order_id, file_line }) => [
      order_id,
      /"([A-G]),1,/.exec(lines[Number(file_line) - 1] ?? '')?.[1],
    ]),
  ).toEqual([
    ['B', 'B'],
    ['G', 'G'],
  ]);
});

it('reasons are short whatever they name, and rows that a spreadsheet would cut are told of', async () => {
  const folder = source('long-reasons');
  const data = join(folder, 'data');
  writeFileSync(
    join(data, 'orders-1.csv'),
    gb18030(HEADER + line('A', 'x'.repeat(50_000)) + line('B', '丈'.repeat(300))),
  );
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  const made = await startCommand(bench.dataDir, ['rejects', String(batch.batchId), '--csv']).done;
  const [, first = '', second = ''] = made.output
    .split('\n')
    .filter((one) => !one.startsWith('1 of the rows'));
  expect(first.slice(0, 1_000)).toMatch(/^"orders-1\.csv",2,"[^"]*""x{200}…""[^"]*","A,1,/);
  expect(second).toMatch(/""丈{200}…""/);
  expect(second).toContain('丈'.repeat(300));
  expect(made.output).toMatch(/1 of the rows are longer than the 32767 characters.*orders-1\.csv, line 2/);
});

it('refuses what is no list of rejected rows, and a source of whole exports, with nothing changed', async () => {
  const folder = source('refused');
  const run = (file: string) =>
    startCommand(bench.dataDir, ['--source-folder', folder, 'load', 'refused', '--corrected', file]).done;
  const other = await run(join(folder, 'data', 'merchants.csv'));
  expect([other.code, other.output]).toEqual([1, expect.stringContaining('no list of rejected rows')]);
  writeFileSync(
    join(folder, 'source.yaml'),
    `${readFileSync(join(folder, 'source.yaml'), 'utf8')}mode: full\n`,
  );
  const full = await run(join(folder, 'data', 'merchants.csv'));
  expect([full.code, full.output]).toEqual([1, expect.stringContaining('mode: full')]);
  expect(existsSync(join(folder, 'source.yaml'))).toBe(true);
});
