/** What a SELECT of order lines may not make of places: those of records, and those of rows of a lookup. */
import { join } from 'node:path';
import { checkSource } from '@beltline/etl/load';
import { type Bench, goldenSource, loadInProcess, openBench, sourceOf } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Whole SELECTs, made of the golden one. */
type Refused = [name: string, edit: (text: string) => string, message: string];
const SELECTS: Refused[] = [
  ...[
    "concat('at ', toString(_line))",
    'toString(orders._file_no)',
    '(SELECT toString(orders._line))',
    '(SELECT any(concat(name, toString(orders._line))) FROM merchants)',
  ].map((expression, index): Refused => [
    `numbered-${index}`,
    (text) => text.replace(/\bline_no\b/, `${expression} AS line_no`),
    'numbers lines by their place in the files',
  ]),
  // No name stands there: what a star or a pattern takes is seen in what the engine makes of it.
  ...['toString((tuple(*)).2)', 'toString((tuple(orders.*)).2)', "toString(COLUMNS('^_line$'))"].map(
    (expression, index): Refused => [
      `numbered-by-star-${index}`,
      (text) => text.replace(/\bline_no\b/, () => `${expression} AS line_no`),
      'numbers lines by their place in the files',
    ],
  ),
  [
    'numbered-by-name',
    (text) => `WITH _line AS place ${text.replace(/\bline_no\b/, 'toString(place) AS line_no')}`,
    'numbers lines by their place in the files',
  ],
  // A lookup's place, through a subquery that passes it on, counts it, or filters by it.
  ...[
    'SELECT merchant_id AS id, toString(max(_line)) AS n FROM merchants GROUP BY merchant_id',
    'SELECT merchant_id AS id, _line AS n FROM merchants ORDER BY _line DESC LIMIT 1 BY merchant_id',
    'SELECT id, n FROM (SELECT merchant_id AS id, tuple(*) AS n FROM merchants)',
    'SELECT merchant_id AS id, argMax(_line, name) AS n FROM merchants GROUP BY merchant_id',
    'SELECT id, argMax(n, n) AS n FROM (SELECT merchant_id AS id, _file_no AS n FROM merchants) GROUP BY id',
    "SELECT '' AS id, 0 AS n FROM merchants UNION ALL SELECT merchant_id, _line FROM merchants",
    "SELECT merchant_id AS id, 'first' AS n FROM merchants WHERE _line = 2",
    'SELECT merchant_id AS id, hex(argMaxState(name, _line)) AS n FROM merchants GROUP BY merchant_id',
    "SELECT merchant_id AS id, '2' AS n FROM merchants ORDER BY _line LIMIT 1 OFFSET 1",
    "SELECT merchant_id AS id, '2' AS n FROM merchants ORDER BY _line LIMIT 1 OFFSET 1 BY merchant_id",
    'SELECT merchant_id AS id, 1 AS n FROM merchants ORDER BY _line WITH FILL INTERPOLATE (n AS n + 1)',
    "SELECT _line AS l, 'LAMP' AS id, 'both' AS n FROM merchants INTERSECT SELECT _line, 'LAMP', 'both' FROM belts",
  ].map((lookup, index): Refused => [
    `numbered-by-lookup-${index}`,
    (text) =>
      `${text.replace(/\bline_no\b/, 'concat(line_no, toString(x.n)) AS line_no')} LEFT ANY JOIN (${lookup}) AS x ON orders.merchant_id = x.id`,
    'makes something of the place of a row of a lookup',
  ]),
  ...[
    'toString((SELECT max(_line) FROM merchants))',
    'toString((SELECT _line FROM merchants LIMIT 1))',
    "if(2 IN (SELECT _line FROM merchants), '1', '2')",
  ].map((expression, index): Refused => [
    `numbered-by-value-${index}`,
    (text) => text.replace(/\bline_no\b/, `concat(line_no, ${expression}) AS line_no`),
    'makes something of the place of a row of a lookup',
  ]),
];

/** Of lookups that are joined, with what is taken from the first, which is called `x`. */
const joined =
  (taken: string, ...lookups: string[]) =>
  (text: string): string =>
    [
      text.replace("'goods' AS category", `concat('goods', ${taken}) AS category`),
      ...lookups.map((lookup, index) => {
        const name = index === 0 ? 'x' : `x${index}`;
        return `LEFT ANY JOIN (${lookup}) AS ${name} ON orders.merchant_id = ${name}.id`;
      }),
    ].join(' ');

const attempts = (folder: string) => [
  () => checkSource(bench.engine, sourceOf(folder)),
  () => loadInProcess(bench, folder, [join(folder, 'data')]),
];

describe('a SELECT', () => {
  it.each(SELECTS)('%s is refused by check and by load', async (name, edit, message) => {
    const folder = goldenSource(bench, `places-${name}`, { 'order-lines.sql': edit });
    for (const attempt of attempts(folder))
      await expect(attempt()).rejects.toMatchObject({
        name: 'LoadRefusedError',
        message: expect.stringContaining(message),
      });
  });

  it('takes the row of a key that stands last, of one file or of several, whatever its subqueries pass on', async () => {
    const folder = goldenSource(bench, 'places-last', {
      'order-lines.sql': joined(
        'concat(x.name, x1.n, (SELECT argMax(name, (_file_no, _line)) FROM merchants))',
        'SELECT merchant_id AS id, * EXCEPT (merchant_id, _file_no, _line) FROM merchants ORDER BY _file_no DESC, _line DESC LIMIT 1 BY merchant_id',
        'SELECT id, argMax(n, (file, line)) AS n FROM (SELECT merchant_id AS id, name AS n, _file_no AS file, _line AS line FROM merchants) GROUP BY id',
        "SELECT merchant_id AS id, argMaxIf(name, _line, name != '') AS n, argMin(owner_id, _line) FROM merchants GROUP BY merchant_id",
      ),
    });
    for (const attempt of attempts(folder)) await attempt();
  });

  it('takes the row that stands last of all, which the engine would read late', async () => {
    const folder = goldenSource(bench, 'places-last-of-all', {
      'order-lines.sql': joined(
        'x.name',
        'SELECT merchant_id AS id, name FROM merchants ORDER BY _line DESC LIMIT 1',
      ),
    });
    for (const attempt of attempts(folder)) await attempt();
  });
});
