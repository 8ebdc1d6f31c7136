/**
 * An attacker who has nothing but answers and a map, on tables that nobody has seen before: the seed is drawn anew in each run, and printed. `OUTSIDER_SEED` runs one again.
 */
import { randomInt } from 'node:crypto';
import { plantedMonth, SMALL_SHAPE } from '@beltline/api/disclosure/planted-holdings.js';
import { answerOf, found, onesOf, RULES, sellersOf, type Truth } from './outsider-kit.ts';

const TABLES = 4;
const TOLD_TO_TWO = 500;
const seed = Number(process.env['OUTSIDER_SEED'] ?? randomInt(2 ** 30));

/** A made-up month, money in hundredths; what else it has is not released. */
function truthOf(own: number): Truth {
  const { belts, holdings } = plantedMonth(own, SMALL_SHAPE);
  return {
    belts,
    holdings: holdings.map((one) => {
      const [value = 0, pieces = 0, orders = 0] = one.values;
      return { ...one, values: [Math.round(100 * value), pieces, orders] };
    }),
  };
}

test('finds nobody in fresh tables, and many where nothing protects what is withheld', async () => {
  let [claims, closed, open] = [0, 0, 0];
  for (let table = 0; table < TABLES; table++) {
    const truth = truthOf(seed + table);
    const told = found([await answerOf(truth)], truth, onesOf(truth));
    claims += told.claims;
    closed += told.found.length;
    expect({ seed: seed + table, found: told.found }).toEqual({ seed: seed + table, found: [] });
    open += found([await answerOf(truth, 'complementary')], truth, onesOf(truth)).found.length;
  }
  process.stdout.write(
    `An outsider on ${TABLES} tables from seed ${seed}: ${claims} claims, ${closed} of somebody; ${open} without complementary suppression.\n`,
  );
  expect(open).toBeGreaterThan(20);
});

/** Every two sellers of a belt. */
const pairsOf = (truth: Truth): string[][] =>
  truth.belts.flatMap(({ id }) => {
    const sellers = sellersOf({ ...truth, holdings: truth.holdings.filter(({ belt }) => belt === id) });
    return sellers.flatMap((one, at) => sellers.slice(at + 1).map((other) => [one, other]));
  });

test('two sellers of a belt who tell each other what they sold find nobody where the rules expect it, and somebody where they do not', async () => {
  const fresh = truthOf(seed);
  const expected = found([await answerOf(fresh, undefined, { ...RULES, pooled: 2 })], fresh, pairsOf(fresh));
  // In which month two find somebody whom one does not is chance: here they do.
  const known = truthOf(TOLD_TO_TWO);
  const unexpected = found([await answerOf(known)], known, pairsOf(known));
  process.stdout.write(
    `Two together, from seed ${seed}: ${expected.claims} claims, ${expected.found.length} of somebody; ${unexpected.found.length} where rules expect one alone.\n`,
  );
  expect({ seed, found: expected.found }).toEqual({ seed, found: [] });
  expect(unexpected.found.length).toBeGreaterThan(0);
});
