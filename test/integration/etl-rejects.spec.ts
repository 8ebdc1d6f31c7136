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
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`${file}: line 2 of its column row: a quote opens`),
    ]);
    expect(output).not.toContain('beltline-corrected-');
  },
);

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
