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

const ORDER = 'makes something of the order in which rows of a lookup stand';
/** No place is named, and the order of rows numbers them all the same: in a lookup that is joined, and in the value of one. */
const BY_ORDER: Refused[] = [
  ...[
    'SELECT id, toString(n) AS n FROM (SELECT groupArray(merchant_id) AS all FROM merchants) ARRAY JOIN all AS id, arrayEnumerate(all) AS n',
    'SELECT id, toString(n) AS n FROM (SELECT groupUniqArray(merchant_id) AS all FROM merchants) ARRAY JOIN all AS id, arrayEnumerate(all) AS n',
    'SELECT any(merchant_id) AS id, arrayElement(groupArray(merchant_id), 2) AS n FROM merchants',
    "SELECT any(merchant_id) AS id, arrayStringConcat(arrayMap(x -> x, groupArrayIf(merchant_id, name != ''))) AS n FROM merchants",
    'SELECT merchant_id AS id, groupConcat(name) AS n FROM merchants GROUP BY merchant_id',
    'SELECT merchant_id AS id, string_agg(name) AS n FROM merchants GROUP BY merchant_id',
    'SELECT merchant_id AS id, array_agg(name)[1] AS n FROM merchants GROUP BY merchant_id',
    'SELECT merchant_id AS id, arraySort(groupArray(1)(name))[1] AS n FROM merchants GROUP BY merchant_id',
    'SELECT merchant_id AS id, arraySort(x -> 1, groupArray(name))[1] AS n FROM merchants GROUP BY merchant_id',
    "SELECT any(merchant_id) AS id, toString(arrayCount((x, i) -> i < 3 AND x = 'LAMP', groupArray(merchant_id), [1, 2, 3])) AS n FROM merchants",
    'SELECT merchant_id AS id, hex(groupArrayState(name)) AS n FROM merchants GROUP BY merchant_id',
    'SELECT any(merchant_id) AS id, toString(deltaSum(toUInt32(length(name)))) AS n FROM merchants',
    "SELECT merchant_id AS id, '1' AS n FROM merchants ORDER BY _line LIMIT 3",
    "SELECT merchant_id AS id, '1' AS n FROM merchants LIMIT 3",
    "SELECT merchant_id AS id, '1' AS n FROM merchants LIMIT 1 OFFSET 1",
    "SELECT merchant_id AS id, '1' AS n FROM merchants ORDER BY 1 LIMIT 1 WITH TIES",
    "SELECT merchant_id AS id, '1' AS n FROM merchants LIMIT 2 BY owner_id",
    "(SELECT merchant_id AS id, '1' AS n FROM merchants ORDER BY _line LIMIT 1) UNION ALL (SELECT merchant_id, '2' FROM merchants ORDER BY _line DESC LIMIT 1)",
    "SELECT any(merchant_id) AS id, '1' AS n FROM merchants UNION ALL SELECT anyLast(merchant_id), '2' FROM merchants",
    "SELECT argMin(merchant_id, _line) AS id, '1' AS n FROM merchants UNION ALL SELECT argMax(merchant_id, _line), '2' FROM merchants",
    "SELECT merchant_id AS id, '2' AS n FROM merchants WHERE merchant_id NOT IN (SELECT merchant_id FROM merchants LIMIT 1)",
  ].map((lookup, index): Refused => [
    `ordered-${index}`,
    (text) =>
      `${text.replace(/\bline_no\b/, 'concat(line_no, toString(x.n)) AS line_no')} LEFT ANY JOIN (${lookup}) AS x ON orders.merchant_id = x.id`,
    ORDER,
  ]),
  ...[
    "if(orders.merchant_id IN (SELECT merchant_id FROM merchants ORDER BY _line LIMIT 1), '1', '2')",
    "if(orders.merchant_id IN (SELECT merchant_id FROM merchants LIMIT 2), '1', '2')",
  ].map((expression, index): Refused => [
    `ordered-value-${index}`,
    (text) => text.replace(/\bline_no\b/, `concat(line_no, ${expression}) AS line_no`),
    ORDER,
  ]),
];

/** The engine puts a function of its own in the place of these, which names nothing that a person wrote. */
for (const [index, expression] of [
  'toString(indexOf((SELECT groupArray(merchant_id) FROM merchants), orders.merchant_id))',
  'toString(has((SELECT arraySort(groupArray(merchant_id)) FROM merchants), orders.merchant_id))',
  "transform(orders.merchant_id, (SELECT groupArray(merchant_id) FROM merchants), (SELECT groupArray(name) FROM merchants), '')",
].entries())
  BY_ORDER.push([
    `array-as-value-${index}`,
    (text) => text.replace(/\bline_no\b/, `concat(line_no, ${expression}) AS line_no`),
    'a subquery stands for one value and gives an array',
  ]);

/** In the SELECT of a lookup itself, whose places are passed on as they are. */
const OWN: [name: string, file: string, edit: (text: string) => string, message: string][] = [
  ["concat('B', toString(_line))", 'makes something of the place'],
  ["concat('B', toString((tuple(*)).1))", 'makes something of the place'],
  ["if(_line = 2, 'first', 'other')", 'makes something of the place'],
  ['toString(row_number() OVER (ORDER BY _line))', 'makes something of the place'],
  ['toString(row_number() OVER ())', ORDER],
  ['toString(row_number() OVER (PARTITION BY province))', ORDER],
  ['(SELECT arrayStringConcat(groupArray(name_en)) FROM belts)', ORDER],
].map(([expression, message], index) => [
  `own-${index}`,
  'belts.sql',
  (text: string) => text.replace(/'' AS county/, () => `${expression} AS county`),
  message as string,
]);
OWN.push(
  ['own-where', 'belts.sql', (text) => `${text} WHERE _line > 2`, 'makes something of the place'],
  ['own-first', 'belts.sql', (text) => `${text} ORDER BY _line LIMIT 2`, ORDER],
  ['own-behind', 'merchants.sql', (text) => `${text} LIMIT 1 OFFSET 1`, ORDER],
  [
    'own-union',
    'belts.sql',
    (text) => `${text} UNION ALL ${text.replace(/'' AS county/, 'toString(_line) AS county')}`,
    'makes something of the place',
  ],
);

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
  it.each<[string, string, (text: string) => string, string]>([
    ...[...SELECTS, ...BY_ORDER].map(
      ([name, edit, message]) =>
        [name, 'order-lines.sql', edit, message] as [string, string, (text: string) => string, string],
    ),
    ...OWN,
  ])('%s in %s is refused by check and by load', async (name, file, edit, message) => {
    const folder = goldenSource(bench, `places-${name}`, { [file]: edit });
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

  it('makes of rows what does not hang on their order, in lookups and in what joins them', async () => {
    const folder = goldenSource(bench, 'places-orderless', {
      'order-lines.sql': joined(
        'concat(x.name, x1.n, toString(x2.n), (SELECT name FROM merchants ORDER BY _line DESC LIMIT 1))',
        'SELECT merchant_id AS id, name FROM merchants LIMIT 1 BY merchant_id',
        "SELECT merchant_id AS id, arrayStringConcat(arraySort(groupArray(name)), ' ') AS n FROM merchants GROUP BY merchant_id",
        "SELECT owner_id AS id, length(groupUniqArray(merchant_id)) + arrayCount(x -> x != '', groupArrayIf(name, name != '')) + has(groupArray(name), 'x') AS n FROM merchants GROUP BY owner_id",
        'SELECT id, any(n) AS n FROM (SELECT merchant_id AS id, name AS n, _line AS line FROM merchants UNION ALL SELECT belt_id, name_en, _line FROM belts) GROUP BY id',
      ),
      'merchants.sql': (text) => `${text} ORDER BY _line DESC LIMIT 1 BY merchant_id`,
      'belts.sql': (text) =>
        text
          .replace(/'' AS county/, 'toString(count() OVER (PARTITION BY province)) AS county')
          .replace(/'' AS category_en/, 'toString(row_number() OVER (ORDER BY belt_id)) AS category_en'),
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
