/** What a SELECT of a source may not say: refused by `check` and by `load` in the same words, before anything of it is run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSource } from '@beltline/etl/load';
import { type Bench, goldenSource, loadInProcess, openBench, sourceOf, startCommand } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  writeFileSync(join(bench.folder, 'secret.txt'), 'secret');
});
afterAll(() => bench.close());

/** An expression that stands for a text column, by what is wrong with it. */
const EXPRESSIONS: [expression: string, message: string][] = [
  ["file('/etc/passwd')", 'the function file looks beyond the record'],
  ["FILE('/proc/self/environ')", 'the function FILE looks beyond'],
  ['toString(now())', 'the function now looks beyond'],
  ['toString(today())', 'the function today'],
  ['toString(rand())', 'the function rand'],
  ['toString(generateUUIDv4())', 'the function generateUUIDv4'],
  ['hostName()', 'the function hostName'],
  ["toString(getSetting('max_threads'))", 'the function getSetting'],
  ['currentUser()', 'the function currentUser'],
  ['toString(sleep(1))', 'the function sleep'],
  ['toString(sleepEachRow(0.1))', 'the function sleepEachRow'],
  ["dictGet('d', 'a', 1)", 'the function dictGet'],
  ["joinGet('t', 'a', 1)", 'the function joinGet'],
  ["arrayJoin(['1', '2'])", 'arrayJoin leaves records out or repeats them'],
  [
    'toString(row_number() OVER (PARTITION BY order_id ORDER BY _line))',
    'a window function looks at other records',
  ],
  ['(SELECT toString(1))', 'it has no FROM'],
  ['(SELECT name FROM system.users LIMIT 1)', 'it reads system.users'],
  ['(SELECT any(order_id) FROM beltline.order_lines)', 'it reads beltline.order_lines'],
  ['(SELECT any(order_id) FROM load__staged)', 'it reads load__staged'],
  ['toString(order_id IN system.users)', 'it reads system.users'],
  ['toString(order_id IN load__known_merchants)', 'it reads load__known_merchants'],
  ["(SELECT any(name) FROM merge('beltline', '.*'))", 'it reads from the table function merge'],
  ["(SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString') LIMIT 1)", 'the table function url'],
  ["(SELECT * FROM file('/etc/passwd', 'LineAsString') LIMIT 1)", 'the table function file'],
  ["(SELECT * FROM remote('127.0.0.1:1', system.one))", 'the table function remote'],
  ['(SELECT toString(max(number)) FROM numbers(1000000000000))', 'the table function numbers'],
  ['(SELECT toString(1) SETTINGS max_memory_usage = 0)', 'it must not change settings'],
  // A function that is passed by its name is no call in the syntax tree.
  ["arrayMap(file, ['/etc/passwd'])[1]", 'the function file looks beyond the record'],
  ["arrayFirst(FILE, ['/etc/passwd'])", 'the function FILE looks beyond the record'],
  ["toString(mapApply(hostName, map('a', 'b')))", 'the function hostName'],
  [
    "(SELECT * APPLY(file) FROM (SELECT '/etc/passwd' AS p FROM orders))",
    'APPLY calls a function by its name',
  ],
  ["(SELECT * APPLY(p -> file(p)) FROM (SELECT '/etc/group' AS p FROM orders))", 'APPLY calls'],
  // Some need no parentheses.
  ['toString(CURRENT_TIMESTAMP)', 'the function CURRENT_TIMESTAMP'],
  ['toString(current_date)', 'the function current_date'],
  ['CURRENT_USER', 'the function CURRENT_USER'],
  ["toString(parseDateTimeBestEffort('Jan 5 12:00'))", "takes today's year"],
  ["formatRow('JSON', order_id)", 'the function formatRow writes a file'],
  ["arrayReduce('groupFormat(\\'JSON\\')', [order_id])", 'the function groupFormat writes a file'],
  ["(SELECT groupFormat('JSON')(name) FROM merchants)", 'the function groupFormat writes a file'],
  ["toString(arrayReduce(concat('s', 'um'), [1]))", 'arrayReduce calls a function by its name'],
  ["toString(arrayReduceInRanges('nosuch', [(1, 1)], [1]))", 'the engine has no function nosuch'],
  ["FormatRowNoNewline('CSV', order_id)", 'FormatRowNoNewline writes a file'],
  ["toString(logTrace('x'))", 'the function logTrace'],
  ['toString(arrayLevenshteinDistance(range(2000000), range(1, 2000001)))', 'takes the square of'],
  ["toString(arraySimilarity(['a'], ['b'], [1.0], [1.0]))", 'takes the square of'],
  ['toString(hasThreadFuzzer())', 'the function hasThreadFuzzer'],
  ["toString(getMaxTableNameLengthForDatabase('x'))", 'the function getMaxTableNameLengthForDatabase'],
  ['toString(order_id IN (SELECT _database FROM merchants))', '_database looks beyond the record'],
  ['orders._table', '_table looks beyond the record'],
  ['toString((SELECT count() FROM merchants WHERE tuple(name) IN orders))', 'it reads orders a second time'],
  ['(SELECT toString(aggThrow(0.5)(name)) FROM merchants)', 'the function aggThrow fails at random'],
  [
    '(SELECT any(explain) FROM (EXPLAIN SELECT * FROM beltline.order_lines))',
    'the table function viewExplain',
  ],
  ["toString(nosuchfunction('x'))", 'the engine has no function nosuchfunction'],
];

/** Whole SELECTs, made of the golden one. */
type Refused = [name: string, edit: (text: string) => string, message: string];
const SELECTS: Refused[] = [
  ['where', (text) => `${text} WHERE 1`, 'WHERE leaves records out'],
  ['limit', (text) => `${text} LIMIT 1000000`, 'LIMIT leaves records out'],
  ['distinct', (text) => text.replace('SELECT', 'SELECT DISTINCT'), 'SELECT DISTINCT leaves records out'],
  ['array-join', (text) => `${text} ARRAY JOIN [1, 2] AS twice`, 'ARRAY JOIN leaves records out'],
  [
    'left-join',
    (text) => `${text} LEFT JOIN belts ON belts.belt_id = orders.order_id`,
    'LEFT JOIN leaves records out',
  ],
  [
    'comma-join',
    (text) => `${text}, belts`,
    'a second table after a comma leaves records out or repeats them',
  ],
  [
    'subquery',
    (text) => text.replace('FROM orders', 'FROM (SELECT * FROM orders WHERE quantity != 1) AS orders'),
    'FROM orders',
  ],
  [
    'named',
    (text) => `WITH some AS (SELECT * FROM orders LIMIT 3) ${text.replace('FROM orders', 'FROM some')}`,
    'it must read the records from orders itself',
  ],
  [
    'one-line',
    (text) => text.replace('_line,', "'1' AS _line,"),
    '_file_no and _line must be those of the record',
  ],
  [
    'numbered-by-window-name',
    (text) =>
      `${text.replace(/\bline_no\b/, 'toString(row_number() OVER `my w`) AS line_no')} WINDOW \`my w\` AS (PARTITION BY order_id)`,
    'a window function looks at other records',
  ],
  [
    'quote-in-a-name',
    (text) => `WITH 'x' AS \`it's\` ${text} WHERE amount != 'y'`,
    'WHERE leaves records out',
  ],
  [
    'quote-in-a-name-window',
    (text) =>
      `WITH 'x' AS "it's" ${text.replace(/\bline_no\b/, "toString(row_number() OVER (PARTITION BY order_id ORDER BY 'y')) AS line_no")}`,
    'a window function looks at other records',
  ],
  [
    'fill',
    (text) => `${text} ORDER BY toUInt32OrZero(quantity) WITH FILL`,
    'WITH FILL leaves records out or repeats',
  ],
  [
    'aggregate',
    () => 'SELECT any(order_id) AS order_id FROM orders',
    'an aggregate function leaves records out',
  ],
  [
    'comma-after-join',
    (text) =>
      `${text} LEFT ANY JOIN (SELECT merchant_id AS id FROM merchants) AS m ON orders.merchant_id = m.id, (SELECT belt_id AS b FROM belts) AS b`,
    'a second table after a comma leaves records out',
  ],
  [
    'set-of-facts',
    (text) => text.replace("'goods' AS", 'toString((order_id, line_no) IN orders) AS'),
    'it reads orders a second time',
  ],
  [
    'numbered-by-join',
    (text) =>
      `${text.replace(/\bline_no\b/, 'toString(mine.n) AS line_no')} LEFT ANY JOIN (SELECT order_id, count() AS n FROM orders GROUP BY order_id) AS mine ON orders.order_id = mine.order_id`,
    'it reads orders a second time',
  ],
  ['sample', (text) => text.replace('FROM orders', 'FROM orders SAMPLE 1/2'), 'SAMPLE leaves records out'],
  ['final', (text) => text.replace('FROM orders', 'FROM orders FINAL'), 'FINAL leaves records out'],
  [
    'recursive',
    (text) =>
      `WITH RECURSIVE r AS (SELECT order_id FROM orders UNION ALL SELECT order_id FROM r) ${text.replace("'goods' AS", '(SELECT any(order_id) FROM r) AS')}`,
    'WITH RECURSIVE may never end',
  ],
  ['outfile', (text) => `${text} INTO OUTFILE '/tmp/beltline-out'`, 'order-lines.sql'],
  ['two', (text) => `${text}; DROP TABLE beltline.order_lines`, 'order-lines.sql'],
  ['closing', (text) => `${text}) AS mapped, (SELECT 1`, 'order-lines.sql'],
  ['insert', () => 'INSERT INTO beltline.sources SELECT 1', 'it must be one SELECT'],
  ['settings', (text) => `${text} SETTINGS max_execution_time = 0`, 'it must not change settings'],
];

async function both(id: string, edit: (text: string) => string) {
  const folder = goldenSource(bench, id, { 'order-lines.sql': edit });
  const run = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
  return [await run('check', id), await run('load', id, '--files', join(folder, 'data'))] as const;
}

describe('an expression of a SELECT', () => {
  it('is refused by check and by load, each in the same words', async () => {
    const folder = goldenSource(bench, 'expressions');
    const select = join(folder, 'order-lines.sql');
    const golden = readFileSync(select, 'utf8');
    // All in one SELECT: each must be named.
    const columns = EXPRESSIONS.map(([expression], index) => `${expression} AS x${index}`).join(',\n');
    writeFileSync(select, golden.replace('FROM orders', `, ${columns} FROM orders`));
    const run = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
    const check = await run('check', 'expressions');
    const load = await run('load', 'expressions', '--files', join(folder, 'data'));
    for (const [expression, message] of EXPRESSIONS)
      expect([expression, check.output.includes(message)]).toEqual([expression, true]);
    expect(check.code).toBe(1);
    expect(load.code).toBe(1);
    const complaints = (output: string) => output.split('\n').filter((line) => line.startsWith('- '));
    expect(complaints(load.output)).toEqual(complaints(check.output));
    expect(check.output).not.toContain('root:');
  });
});

describe('a SELECT', () => {
  it.each(SELECTS)('%s is refused by check and by load', async (name, edit, message) => {
    const folder = goldenSource(bench, `guard-${name}`, { 'order-lines.sql': edit });
    for (const attempt of [
      () => checkSource(bench.engine, sourceOf(folder)),
      () => loadInProcess(bench, folder, [join(folder, 'data')]),
    ])
      await expect(attempt()).rejects.toMatchObject({
        name: 'LoadRefusedError',
        message: expect.stringContaining(message),
      });
  });

  it('that hides a function behind a column of the same name is refused by what the engine makes of it', async () => {
    const folder = goldenSource(bench, 'guard-hidden', {
      'source.yaml': (text) => text.replace('province]', 'current_user]'),
      'data/belts.csv': (text) => text.replace('province', 'current_user'),
      'belts.sql': (text) => text.replace('province', 'current_user AS province'),
      'order-lines.sql': (text) => text.replace("'goods' AS", '(SELECT any(current_user) FROM merchants) AS'),
    });
    const run = (...args: string[]) => startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
    const check = await run('check', 'guard-hidden');
    expect([check.code, check.output]).toEqual([1, expect.stringContaining('the function currentUser')]);
    expect(check.output).not.toContain('belts.sql');
  });

  it('that would take all memory is stopped by the limits of a load, which names it', async () => {
    const folder = goldenSource(bench, 'guard-bomb', {
      'order-lines.sql': (text) =>
        text.replace(
          "'goods' AS",
          'toString(arraySum(arrayMap(x -> length(range(toUInt64(100000 + x))), range(toUInt64OrZero(quantity) + 1000000)))) AS',
        ),
    });
    const load = await startCommand(bench.dataDir, [
      '--source-folder',
      folder,
      'load',
      'guard-bomb',
      '--files',
      join(folder, 'data'),
    ]).done;
    expect(load.output).toContain('order-lines.sql');
    expect(load.output).toContain('Nothing was changed');
    expect(load.code).toBe(1);
  });

  it('that fails on a value names itself and the value: a fault of the mapping, not of the engine', async () => {
    const folder = goldenSource(bench, 'guard-fails', {
      'order-lines.sql': (text) => text.replace("'goods' AS", 'toString(toUInt8(order_id)) AS'),
    });
    const load = await startCommand(bench.dataDir, [
      '--source-folder',
      folder,
      'load',
      'guard-fails',
      '--files',
      join(folder, 'data'),
    ]).done;
    expect(load.output).toMatch(/order-lines\.sql: Cannot parse/);
    expect(load.output).toContain('Nothing was changed');
    expect(load.code).toBe(1);
  });

  it('that compares with a whole table behind IN is refused by check as by load', async () => {
    const [check, load] = await both('guard-set', (text) =>
      text.replace("'goods' AS", 'toString(merchant_id IN merchants) AS'),
    );
    for (const { code, output } of [check, load]) {
      expect(output).toContain('name one: IN (SELECT … FROM merchants)');
      expect(code).toBe(1);
    }
  });

  it('that joins a lookup, names a subquery and computes with the record passes both', async () => {
    const [check, load] = await both(
      'guard-good',
      (text) =>
        `WITH known AS (SELECT merchant_id AS id FROM merchants WHERE owner_id != '')
       ${text
         .replace('FROM orders', 'FROM orders LEFT ANY JOIN known ON orders.merchant_id = known.id')
         .replace(
           "'goods' AS category",
           `if(merchant_id IN (SELECT id FROM known) AND arrayExists(x -> x = 'a', splitByChar(',', lower(sku_id))) OR line_no BETWEEN '1' AND '9',
             CASE upper(status) WHEN 'PAID' THEN 'goods' ELSE coalesce(nullIf(trim(BOTH ' ' FROM replaceRegexpAll(status, '[^a-z]', '')), ''), toString(parseDateTimeOrNull(placed_at, '%Y'))) END,
             toString((SELECT countIf(merchant_id != '') + count(*) FROM merchants)) || (SELECT argMax(name, _line) FROM merchants)) || toString(CAST('1' AS UInt8) + toDecimal64('1.5', 2) + arrayReduce('sum', [1, 2]) + arrayReduce('quantile(0.5)', [1])) AS category`,
         )}`,
    );
    expect([check.code, load.code, check.output, load.output]).toEqual([
      0,
      0,
      expect.any(String),
      expect.any(String),
    ]);
  });
});
