import { poisson, random } from './planted.ts';
import { type Flow, shareNoise, weekOf } from './share-noise.ts';
import { atOnce } from './steps.ts';

const DAYS = 7 * 104;

/** Parts with as many orders a day as given, each worth what `worth` says. */
function planted(
  seed: number,
  worth: (draw: () => number) => number,
): { whole: Float64Array; parts: Flow[] } {
  const draw = random(seed);
  const whole = new Float64Array(DAYS);
  const parts = Array.from({ length: 40 }, (_, part) => {
    const flow = { values: new Float64Array(DAYS), orders: new Float64Array(DAYS) };
    for (let day = 0; day < DAYS; day++) {
      const orders = poisson(draw, 10 + part);
      flow.orders[day] = orders;
      for (let order = 0; order < orders; order++) flow.values[day] = (flow.values[day] ?? 0) + worth(draw);
      whole[day] = (whole[day] ?? 0) + (flow.values[day] ?? 0);
    }
    return flow;
  });
  return { whole, parts };
}

test('orders that come independently have a noise of one, and amounts that differ 1 + cv² of it', () => {
  const off = (one: ReturnType<typeof planted>, truth: number) =>
    Math.abs((atOnce(shareNoise(one.whole, one.parts)).at(-1) ?? NaN) / truth - 1);
  expect(
    off(
      planted(1, () => 1),
      1,
    ),
  ).toBeLessThan(0.1);
  // 1 or 9, each as often: mean 5, variance 16.
  expect(
    off(
      planted(2, (draw) => (draw() < 0.5 ? 1 : 9)),
      1 + 16 / 25,
    ),
  ).toBeLessThan(0.1);
});

test('what a week says is of the weeks that had ended by then', () => {
  const { whole, parts } = planted(3, () => 1);
  const changed = parts.map(({ values, orders }) => ({
    orders,
    values: Float64Array.from(values, (value, day) => (day >= 350 ? 7 * value * (day % 3) : value)),
  }));
  const [noise, other] = [parts, changed].map((of) => atOnce(shareNoise(whole, of)));
  const known = weekOf(350) + 1;
  expect(other?.slice(0, known)).toEqual(noise?.slice(0, known));
  expect(other?.at(-1)).not.toBe(noise?.at(-1));
});

test('without parts, or with a few orders a week, it is that of a count', () => {
  expect([...atOnce(shareNoise(new Float64Array(21).fill(1), []))]).toEqual([1, 1, 1, 1]);
  const few = { values: new Float64Array(21).fill(1), orders: new Float64Array(21).fill(1) };
  expect([...atOnce(shareNoise(new Float64Array(21).fill(5), [few]))]).toEqual([1, 1, 1, 1]);
});
