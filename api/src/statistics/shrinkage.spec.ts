import { normal, random } from './planted.ts';
import { betweenVariance, credibility } from './shrinkage.ts';

test('DerSimonian and Laird by hand', () => {
  // Weights 4, 1, 1, 2; Σw − Σw² ÷ Σw = 8 − 22 ÷ 8 = 5.25.
  const estimates = [
    { value: 0, variance: 0.25 },
    { value: 2, variance: 1 },
    { value: 3, variance: 1 },
    { value: 4, variance: 0.5 },
  ];
  const centre = (2 + 3 + 8) / 8;
  const scatter = 4 * centre ** 2 + (2 - centre) ** 2 + (3 - centre) ** 2 + 2 * (4 - centre) ** 2;
  expect(betweenVariance(estimates)).toBeCloseTo((scatter - 3) / 5.25, 12);
});

test('what was put in comes out on the average, and nothing where nothing differs', () => {
  const draw = random(8);
  const meanOf = (spread: number) => {
    let total = 0;
    for (let run = 0; run < 400; run++) {
      const estimates = Array.from({ length: 40 }, (_, index) => {
        const variance = 0.5 + (index % 4) / 2;
        return { value: 7 + spread * normal(draw) + Math.sqrt(variance) * normal(draw), variance };
      });
      total += betweenVariance(estimates);
    }
    return total / 400;
  };
  expect(meanOf(2)).toBeCloseTo(4, 0);
  expect(meanOf(0)).toBeLessThan(0.12);
});

test('of three groups nothing is told', () => {
  const far = [0, 50, 100].map((value) => ({ value, variance: 1 }));
  expect(betweenVariance(far)).toBe(0);
  expect(betweenVariance([...far, { value: 150, variance: 1 }])).toBeGreaterThan(1_000);
});

test('an estimate is believed by how much groups differ beside its own error', () => {
  expect(credibility(3, 1)).toBe(0.25);
  expect(credibility(3, 0)).toBe(0);
  expect(credibility(1e-12, 1)).toBeCloseTo(1, 9);
});
