/**
 * The gate between what is computed and the wire. Which numbers an answer may hold at all is read from the contract's schemas, so
 * a number that is declared tomorrow fails here until it is a figure, rests on one, or is listed as telling nothing of orders.
 */
import {
  type BriefFigure,
  briefFigure,
  sureFigure,
  type ComparedValue,
  comparedValue,
  figure,
  type GrowthByBeltAnswer,
  growthByBeltAnswer,
  INDICATORS,
  isFigure,
  isResting,
} from '@beltline/contract';
import { z } from 'zod';
import { brief, known } from '../core/brief-figure.ts';
import { type Contributors, contributorsOf, withContributors } from '../core/contributors.ts';
import { figureOf } from '../core/figure.ts';
import { type Candidate, release, type ReleasePolicy } from './release.ts';

const WITHHELD = { value: null, flag: 'suppressed', reason: 'confidential' };
const policy = (withholds: (candidate: Candidate) => boolean): ReleasePolicy => ({ name: 'test', withholds });
const owners = (count: number): Contributors => ({
  sellers: { count, largest: 7, second: 2 },
  buyers: { count: 9, largest: 1, second: 1 },
});
const fewerThan = (count: number) =>
  policy(({ contributors }) => contributors !== null && contributors.sellers.count < count);

/** Numbers that say nothing of anybody's orders: versions, calendars, settings, positions, how much of a period is loaded. */
const OF_NO_ORDERS = new Set([
  ...['meta.dataVersion', 'meta.period.coverage', 'meta.baseline.coverage', 'ranked', 'falseDiscoveryRate'],
  ...[
    'area.belts',
    'rows.area.belts',
    'areas.area.belts',
    'areas.against.area.belts',
    'rows.rank',
    'count',
    'parts.members',
  ],
  ...[
    'lines.points.coverage',
    'points.coverage',
    'reference',
    'deadBand',
    'band',
    'window.before',
    'window.after',
  ],
  ...[
    'nowcast.band',
    'nowcast.months',
    'days.day',
    'days.months',
    'days.told',
    'festival.day',
    'festival.months',
    'festival.told',
    'others.day',
    'others.months',
    'others.told',
    'years.year',
    'trough.monthsSince',
  ],
  ...['holiday.observations', 'counts.areas', 'counts.sure', 'counts.before'],
  ...['months.counts.areas', 'months.counts.sure'],
  ...['versions', 'lags', 'rule.months', 'rule.seenFor', 'rule.limit', 'rule.lastLag', 'settledAfter'],
  ...['months.age', 'months.prints.lag', 'levels.lag', 'levels.months', 'growth.lag', 'growth.months'],
  ...['months', 'residualP', 'spans.count', 'spans.length', 'spans.limit', 'spans.badFactors'],
  ...['spans.badChanges', 'byLag.lag', 'byLag.months'],
  // Of the loads of a source as a whole, as `/loads` tells them to who may see all of it.
  ...[
    'committed',
    'read',
    'loaded',
    'superseded',
    'rejected',
    'ignored',
    'rejectedShare',
    'rejects.rows',
    'warnings.rows',
  ].map((name) => `completeness.loads.${name}`),
  ...['completeness.months', 'timeliness.lagDays', 'timeliness.longestGapDays'],
  // Counts of belts by their states and grades.
  ...['belts', 'grades.belts', 'withoutInterval', 'sure', 'likely', 'undetermined', 'tooLittleData'].map(
    (name) => `accuracy.${name}`,
  ),
  ...['told', 'changed', 'claimsChanged'].map((name) => `accuracy.largest.${name}`),
  ...[
    'belts',
    'statesDiffer',
    'both',
    'same',
    'differ',
    'onlyThis',
    'onlyOther',
    'neither',
    'cells.belts',
  ].map((name) => `agreement.${name}`),
  ...['mappings', 'movedMerchants', 'alteredBelts', 'reference', 'tooFewOwners'].map(
    (name) => `comparability.${name}`,
  ),
]);

/** Rows that stay, without the numbers of their figures; what else rests on a withheld figure is gone as a whole. */
const hasRowsOfFigures = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodArray &&
  schema.element instanceof z.ZodObject &&
  Object.values(schema.element.shape).some(
    (field) => isFigure(field as z.ZodType) || field === comparedValue,
  );

/** Where an answer has numbers that are neither of a figure nor resting on one. */
function numbersIn(schema: z.core.$ZodType, path: string[] = []): string[] {
  if (isFigure(schema) || (isResting(schema) && !hasRowsOfFigures(schema))) return [];
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return numbersIn(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return numbersIn(schema.element, path);
  if (schema instanceof z.ZodRecord) return numbersIn(schema.valueType, path);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, field]) =>
      numbersIn(field as z.ZodType, [...path, key]),
    );
  if (schema instanceof z.ZodNumber) return [path.join('.')];
  if (['string', 'enum', 'boolean'].includes(schema._zod.def.type)) return [];
  throw new Error(`a kind of schema that the gate does not know: ${path.join('.')}`);
}

test.each(Object.entries(INDICATORS))(
  'every number of %s is a figure, rests on one, or tells nothing',
  (_, { answer }) => {
    expect(numbersIn(answer).filter((path) => !OF_NO_ORDERS.has(path))).toEqual([]);
  },
);

test('no number is listed that no answer has', () => {
  const found = new Set(Object.values(INDICATORS).flatMap(({ answer }) => numbersIn(answer)));
  expect([...OF_NO_ORDERS].filter((path) => !found.has(path))).toEqual([]);
});

test('a value with a flag and a reason is a figure, and no other schema is', () => {
  const alike = (schema: z.core.$ZodType): z.core.$ZodType[] => {
    if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return alike(schema.unwrap());
    if (schema instanceof z.ZodArray) return alike(schema.element);
    if (schema instanceof z.ZodRecord) return alike(schema.valueType);
    if (!(schema instanceof z.ZodObject)) return [];
    const inside = Object.values(schema.shape).flatMap((field) => alike(field as z.ZodType));
    return 'flag' in schema.shape ? [schema, ...inside] : inside;
  };
  const found = new Set(Object.values(INDICATORS).flatMap(({ answer }) => alike(answer)));
  expect(found).toEqual(new Set([figure, briefFigure, sureFigure]));
});

const compared = (value: number): ComparedValue => ({
  unit: 'orders',
  definition: 'orders',
  value: known(value, 'no-data'),
  baseline: known(value / 2, 'no-data'),
  change: known(value / 2, 'no-data'),
  growth: known(1, 'no-data'),
});
const row = (beltId: string, value: number) => ({
  belt: {
    beltId,
    name: { zh: beltId, en: beltId },
    province: '',
    city: '',
    county: '',
    category: { zh: '', en: '' },
  },
  rank: 1,
  compared: compared(value),
  share: known(value / 100, 'no-data'),
});
const ranking = (...rows: ReturnType<typeof row>[]) =>
  ({
    area: { level: 'nation', id: '', name: { zh: '', en: '' }, belts: 2 },
    total: compared(100),
    rows,
    count: rows.length,
  }) as unknown as GrowthByBeltAnswer;

test('without a policy the answer is the same one, and nothing of it is read', () => {
  const answer = new Proxy(
    {},
    {
      get: () => {
        throw new Error('read');
      },
      ownKeys: () => {
        throw new Error('read');
      },
    },
  );
  expect(release(growthByBeltAnswer, answer, null)).toBe(answer);
});

test('figures of a belt go with all that tells them, others stay', () => {
  const answer = ranking(row('a', 60), row('b', 40));
  const ofBelt = policy(({ place }) => place !== null && 'beltId' in place && place.beltId === 'a');
  const { total, rows } = release(growthByBeltAnswer, answer, ofBelt);
  const { unit, definition, ...figures } = rows[0]?.compared ?? compared(0);
  expect([unit, definition]).toEqual(['orders', 'orders']);
  expect({ ...figures, share: rows[0]?.share }).toEqual({
    ...{ value: WITHHELD, baseline: WITHHELD, change: WITHHELD, growth: WITHHELD },
    share: WITHHELD,
  });
  expect([total, rows[1]]).toEqual([answer.total, answer.rows[1]]);
  expect(answer.rows[0]?.compared.value.value).toBe(60);
});

test('a total that is withheld takes the rows with it, because they add up to it', () => {
  const ofNation = policy(({ place }) => place !== null && 'level' in place);
  const { total, rows } = release(growthByBeltAnswer, ranking(row('a', 60)), ofNation);
  expect([total.value, rows[0]?.compared.value, rows[0]?.share]).toEqual([WITHHELD, WITHHELD, WITHHELD]);
});

test('a figure of one object leaves no number behind: sides, bounds, counts, curves', () => {
  const period = { firstDay: '2024-01-01', lastDay: '2024-01-31' };
  const whole = {
    ...figureOf({
      ...{ definition: 'growth', unit: 'ratio' as const, numerator: 30, denominator: 20, period },
      ...{ value: (ratio: number) => ratio, baseline: null, coverage: 1 },
    }),
    uncertainty: { low: 1, high: 2, grade: 'A' as const },
  };
  const { nowcast } = INDICATORS.recovery.answer.shape;
  const told = release(
    nowcast,
    {
      ...{
        month: '2024-01',
        through: '2024-01-10',
        soFar: 12,
        completion: 0.3,
        low: 30,
        high: 50,
        band: 0.8,
        months: 9,
        isFestival: true,
        usuallyFrom: 15,
      },
      estimate: withContributors(whole, owners(2)),
    },
    fewerThan(3),
  );
  expect(told).toEqual({
    ...{ month: '2024-01', through: '2024-01-10', soFar: null, completion: null, low: null, high: null },
    ...{ band: 0.8, months: 9, isFestival: true, usuallyFrom: null },
    estimate: {
      ...whole,
      ...WITHHELD,
      ...{ numerator: null, denominator: null, uncertainty: null, uncertaintyReason: null },
    },
  });
  const curve = release(
    INDICATORS.concentration.answer.pick({ hhi: true, lorenz: true }),
    { hhi: whole, lorenz: [{ population: 1, share: 1 }] },
    policy(() => true),
  );
  expect(curve.lorenz).toEqual([]);
});

test('what it cannot look through, or is not declared, does not pass', () => {
  const all = policy(() => true);
  const either = z.object({ one: z.union([figure, z.string()]) });
  expect(() => release(either, { one: { value: 1 } as never }, all)).toThrow(
    'through a schema of kind union',
  );
  expect(release(z.object({ a: z.string() }), { a: 'x', hidden: 1 } as { a: string }, all)).toEqual({
    a: 'x',
  });
});

describe('whose orders a figure is made of', () => {
  const mine = withContributors(known(5, 'no-data'), owners(2));

  test('is read at the gate, also of a figure made from it, and never written', () => {
    expect(contributorsOf(mine)).toEqual(owners(2));
    expect(contributorsOf({ ...mine, value: 6 })).toEqual(owners(2));
    expect(contributorsOf(brief(mine))).toEqual(owners(2));
    expect(contributorsOf(known(5, 'no-data'))).toBeNull();
    expect(JSON.stringify(mine)).toBe('{"value":5,"flag":"final","reason":null}');
    expect(Object.keys(mine)).toEqual(['value', 'flag', 'reason']);
    const parsed: BriefFigure = briefFigure.strict().parse(JSON.parse(JSON.stringify(mine)));
    expect(contributorsOf(parsed)).toBeNull();
  });

  test('decides with the policy whether it is withheld, and does not outlive that', () => {
    const pair = (count: number) => ({
      ...compared(8),
      value: withContributors(known(8, 'no-data'), owners(count)),
    });
    expect(release(comparedValue, pair(3), fewerThan(3))).toEqual(pair(3));
    const gone = release(comparedValue, pair(2), fewerThan(3));
    expect([gone.value, gone.growth]).toEqual([WITHHELD, WITHHELD]);
    expect(contributorsOf(gone.value)).toBeNull();
  });
});
