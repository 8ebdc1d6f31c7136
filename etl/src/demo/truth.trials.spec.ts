import { MONTHS } from './calendar.ts';
import { type DemoTruth, type TrueBelt, TRUE_STATES, demoTruth } from './index.ts';
import { KINDS } from './kinds.ts';
import { ownersOf } from './merchant-profiles.ts';
import { beltIn, tradesIn } from './merchants.ts';
import { marginOf, stateOf } from './truth.ts';
import { drawWorld } from './world.ts';

const LINES = 2_700_000;
let truth: DemoTruth;
beforeAll(async () => {
  truth = await demoTruth();
}, 60_000);

const belts = (where: (belt: TrueBelt) => boolean): TrueBelt[] => Object.values(truth.belts).filter(where);

describe('the truth of the default demo', () => {
  it('is of so many lines, the last complete month and the year before the fall', () => {
    expect(truth).toMatchObject({ lines: LINES, month: '2025-01', baseYear: 2021, deadBand: 2 });
    expect(Object.keys(truth.belts)).toHaveLength(130);
  });

  it.each(TRUE_STATES)('has at least twelve belts that are clearly %s', (state) => {
    // A flat belt is never more than the dead-band from another state; the others are five points off.
    const clear = state === 'flat' ? 1.5 : 5;
    expect(belts((belt) => belt.state === state && belt.margin >= clear).length).toBeGreaterThanOrEqual(12);
  });

  it('has belts that stand still: level 100 and no growth, in orders and in value', () => {
    const still = belts((belt) => belt.path === 'still');
    expect(still.length).toBeGreaterThanOrEqual(15);
    for (const { level, growth, value, asItFalls } of still) {
      expect({ level, growth, value }).toEqual({ level: 100, growth: 0, value: { level: 100, growth: 0 } });
      // What weekdays and shopping days leave.
      expect(Math.abs(asItFalls.growth)).toBeLessThan(0.6);
      expect(Math.abs(asItFalls.level - 100)).toBeLessThan(0.6);
    }
  });

  it('has belts that grow although all but three owners shrink, and belts that newcomers carry', () => {
    for (const belt of belts(({ marks }) => marks.includes('few'))) {
      expect(belt.growth).toBeGreaterThan(15);
      expect(belt.growthWithoutThree).toBeLessThan(0);
      expect(belt.breadth).toBeLessThan(45);
    }
    for (const belt of belts(({ marks }) => marks.includes('joiners'))) {
      expect(belt.growth).toBeGreaterThan(15);
      expect(belt.state).not.toBe('carried-by-few');
    }
  });

  it('lets value fall behind orders where there is a price war', () => {
    for (const { level, value } of belts(({ prices }) => prices === 'war'))
      expect(value.level / level).toBeLessThan(0.7);
  });
});

it('has belts of as many owners as towns have: some ninety in the small, a hundred to four hundred in most', async () => {
  const { merchants, registry, seed, distributors } = await drawWorld(LINES, truth.seed);
  const owners = ownersOf(merchants, registry.belts, seed);
  const numbers = registry.belts
    .map((_, belt) => {
      const trading = Array.from(merchants.belt.keys()).filter(
        (index) => tradesIn(merchants, index, MONTHS - 2) && beltIn(merchants, index, MONTHS - 2) === belt,
      );
      return new Set(trading.map((index) => owners[index])).size;
    })
    .sort((x, y) => x - y);
  expect(numbers[0]).toBeGreaterThanOrEqual(70);
  expect(numbers[0]).toBeLessThan(110);
  expect(numbers.filter((owners) => owners >= 100 && owners <= 400).length).toBeGreaterThan(100);
  expect(numbers[65]).toBeGreaterThan(130);
  expect(numbers[65]).toBeLessThan(300);
  // However many there are, those that distribute do not stop at the end of the year.
  const [, , , in2024, in2025] = distributors.sizes;
  expect(in2025! / in2024!).toBeGreaterThan(0.9);
}, 60_000);

it('has every state alive with another seed too', async () => {
  const other = Object.values((await demoTruth(LINES, 1)).belts);
  for (const state of TRUE_STATES)
    expect(other.filter((belt) => belt.state === state).length).toBeGreaterThanOrEqual(12);
}, 60_000);

it('expects the same of a belt that stands still on every day of a kind, but for the season', async () => {
  const { plan, registry } = await drawWorld(60_000, 5);
  const still = registry.belts.flatMap(({ truth: { path } }, belt) => (path === 'still' ? [belt] : []));
  const ratios = still.flatMap((belt) =>
    KINDS.flatMap((_, kind) =>
      Array.from({ length: MONTHS }, (__, month) => plan.rate(kind, belt, month) / plan.rate(kind, belt, 0)),
    ),
  );
  expect(Math.min(...ratios)).toBeCloseTo(1, 9);
  expect(Math.max(...ratios)).toBeCloseTo(1, 9);
});

it('expects the published growth of 2024 over 2023', async () => {
  const { plan } = await drawWorld(60_000, 5);
  const orders = (year: number, where: (kind: (typeof KINDS)[number]) => boolean): number => {
    let sum = 0;
    KINDS.forEach((kind, k) => {
      for (let belt = 0; where(kind) && belt < plan.beltCount; belt++)
        for (let month = 0; month < 12; month++) sum += plan.mean(k, belt, (year - 2021) * 12 + month);
    });
    return sum;
  };
  const growth = (where: (kind: (typeof KINDS)[number]) => boolean): number =>
    100 * (orders(2024, where) / orders(2023, where) - 1);
  expect(growth(({ mode }) => mode === 'distribution')).toBeCloseTo(70, 1);
  expect(growth(({ abroad }) => abroad !== 'none')).toBeCloseTo(70, 1);
  expect(growth(({ abroad }) => abroad === 'local')).toBeCloseTo(50, 1);
  expect(growth(({ custom }) => custom)).toBeCloseTo(200, 1);
});

describe('the rule of states', () => {
  it.each([
    [120, 10, 8, 60, 'recovered', 8],
    [120, -1, -9, 20, 'recovered', 1],
    [120, 10, -1, 60, 'carried-by-few', 1],
    [80, 10, 8, 45, 'carried-by-few', 5],
    [80, 10, 8, 60, 'recovering', 8],
    [120, -5, 0, 50, 'slipping', 3],
    [99, -5, 0, 50, 'declining', 1],
    [99.5, 1, 0, 50, 'flat', 0.5],
  ] as const)(
    'level %d, growth %d, without three %d, breadth %d: %s',
    (level, growth, three, breadth, state, margin) => {
      const deciding = { level, growth, growthWithoutThree: three, breadth };
      expect(stateOf(deciding)).toBe(state);
      expect(marginOf(deciding)).toBeCloseTo(margin, 9);
    },
  );
});
