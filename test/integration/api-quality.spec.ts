/**
 * What the page of quality says of orders with planted faults: rejected rows, one giant order in one belt. States without an
 * order are held against those of a source that never had it; shares and gaps against a count over the lines.
 */
import type { StatesAnswer } from '@beltline/contract';
import { asked } from '../fixtures/api/running-api.ts';
import {
  OWNERS,
  JOINED,
  GIANT,
  type Line,
  LINES,
  api,
  quality,
  rowOf,
  sourceNamed,
  badRow,
} from './api-quality-kit.ts';

const sumOf = (given: readonly Line[]) => given.reduce((sum, { amount }) => sum + amount, 0);

const isLamp = ({ merchant }: Line) => merchant.startsWith('L');

const LAMPS = LINES.filter(isLamp);

const inWindow = ({ day }: Line) => day >= '2024-08' && day < '2024-11';

beforeAll(async () => {
  await sourceNamed('still')(LINES);
  await sourceNamed('giant')([...LINES, GIANT], [badRow(1), badRow(2), badRow(3)]);
});

test('a load with rejected rows is named', async () => {
  const { completeness } = await quality('giant');
  expect(completeness.loads).toMatchObject({
    committed: 1,
    read: LINES.length + 4,
    loaded: LINES.length + 1,
    rejected: 3,
    rejects: [{ rule: 'unknown-merchant', field: 'merchant_id', rows: 3 }],
  });
  expect(completeness.loads?.rejectedShare).toBeCloseTo(3 / (LINES.length + 4), 12);
  expect(completeness).toMatchObject({ months: 34, notLoaded: [], firstDay: '2022-01-01' });
});

test('one giant order is named with its share, and without it the belt is what it is in a source that never had it', async () => {
  const [answer, states, still] = await Promise.all([
    quality('giant'),
    asked<StatesAnswer>(api, '/recovery/states?source=giant'),
    asked<StatesAnswer>(api, '/recovery/states?source=still'),
  ]);
  const lamp = rowOf(answer, 'LAMP');
  const total = sumOf([...LINES, GIANT].filter((line) => isLamp(line) && inWindow(line)));
  expect(answer.month).toBe('2024-10');
  expect(lamp?.largest).toMatchObject({ orderId: 'GIANT', day: GIANT.day, amount: { value: GIANT.amount } });
  expect(lamp?.largest?.share.value).toBeCloseTo(GIANT.amount / total, 12);
  const stateIn = ({ rows }: StatesAnswer, belt: string) => rows.find(({ area }) => area.id === belt)?.now;
  const [withIt, without] = [stateIn(states, 'LAMP'), stateIn(still, 'LAMP')];
  expect(lamp).toMatchObject({ state: withIt?.state, certainty: withIt?.certainty });
  expect(withIt?.growth.value).not.toBeCloseTo(without?.growth.value ?? 0, 2);
  expect(lamp?.largest).toMatchObject({ state: without?.state, certainty: without?.certainty });
  expect(lamp?.largest?.growth.value).toBeCloseTo(without?.growth.value ?? NaN, 9);
  expect(lamp?.largest?.growth.uncertainty?.low).toBeCloseTo(without?.growth.uncertainty?.low ?? NaN, 6);
  expect(answer.accuracy.largest).toMatchObject({ reason: null, told: 2 });
  expect(answer.rows[0]?.area.id).toBe('LAMP');
});

test('where nothing happens nothing is claimed of an order, of entrants or of a gap', async () => {
  const answer = await quality('still', '&belt=SOCK');
  expect(answer.accuracy.largest).toMatchObject({ told: 1, changed: 0, claimsChanged: 0 });
  expect(answer.accuracy.entrants.value).toBe(0);
  expect(answer.accuracy.sameStoreGap.value).toBe(0);
  expect(answer.accuracy.allStore.value).toBe(0);
  expect(answer.agreement).toMatchObject({ belts: 1, differ: 0, statesDiffer: 0 });
});

test("entrants' share and the same-store gap are those of a count over the lines", async () => {
  const answer = await quality('still', '&belt=LAMP');
  const of = (from: string, to: string, is: (merchant: string) => boolean) =>
    sumOf(LAMPS.filter(({ day, merchant }) => is(merchant) && day >= from && day < to));
  const isJoined = (merchant: string) => Number(merchant.slice(1)) < JOINED;
  const [all, before] = [of('2024-08', '2024-11', () => true), of('2023-08', '2023-11', () => true)];
  const stayed = of('2024-08', '2024-11', (merchant) => !isJoined(merchant));
  expect(answer.accuracy.entrants.value).toBeCloseTo(of('2024-08', '2024-11', isJoined) / all, 12);
  // Eight entrants are too few for an interval of their share.
  expect(answer.accuracy.entrants).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
  expect(answer.accuracy.sameStoreGap.value).toBeCloseTo((all - stayed) / before, 12);
  // The jackknife again, owner by owner, from the definition.
  const owners = Array.from({ length: OWNERS }, (_, at) => `L${at}`);
  const gapWithout = (owner: string | null) => {
    const [a1, a0, s1] = [
      of('2024-08', '2024-11', (one) => one !== owner),
      of('2023-08', '2023-11', (one) => one !== owner),
      of('2024-08', '2024-11', (one) => one !== owner && !isJoined(one)),
    ];
    return a1 / a0 - s1 / a0;
  };
  const moved = owners.map((owner) => gapWithout(owner) - gapWithout(null));
  const error = Math.sqrt((moved.reduce((sum, one) => sum + one ** 2, 0) * (OWNERS - 1)) / OWNERS);
  const interval = answer.accuracy.sameStoreGap.uncertainty;
  const half = ((interval?.high ?? 0) - (interval?.low ?? 0)) / 2;
  // Student's t at 0.95 with the degrees of freedom that the moves leave: between the normal 1.64 and 2.92 of two.
  expect(half / error).toBeGreaterThan(1.64);
  expect(half / error).toBeLessThan(2.92);
});

test('belts and what lies outside add up to the nation', async () => {
  const { levels } = await quality('giant');
  const total = (levels?.belts.value ?? 0) + (levels?.outside.value ?? 0) + (levels?.spanning.value ?? 0);
  expect(total).toBeCloseTo(levels?.nation.value ?? NaN, 6);
  expect(total).toBeCloseTo(sumOf([...LINES, GIANT].filter(inWindow)), 6);
});

test('by orders no order is larger than another, and says so', async () => {
  const { accuracy, agreement, rows } = await quality('giant', '&measure=orders');
  expect(accuracy.largest).toMatchObject({ reason: 'each-order-once', told: 0, changed: 0 });
  expect(agreement.other).toBe('gmv');
  expect(rows.every(({ largest }) => largest === null)).toBe(true);
});
