import { Random, SteadyShare, apportion, slots } from './random.ts';

describe('splitting a total', () => {
  it('adds up exactly and stays within one of the exact share', () => {
    const random = new Random(1, 'test');
    for (let run = 0; run < 60; run++) {
      const weights = Array.from({ length: 1 + random.below(40) }, () => random.unit() ** 3 + 1e-9);
      const total = random.below(500);
      const sum = weights.reduce((all, weight) => all + weight, 0);
      const parts = apportion(weights, total);
      expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
      parts.forEach((part, i) =>
        expect(Math.abs(part - ((weights[i] ?? 0) / sum) * total)).toBeLessThan(1.000001),
      );
    }
  });

  it('gives nothing where no weight is', () => {
    expect([...apportion([0, 0], 5)]).toEqual([0, 0]);
  });
});

describe('Random', () => {
  it('repeats for the same seed and label and differs for another', () => {
    const draw = (seed: number, label: string): number[] => {
      const random = new Random(seed, label);
      return [random.bits(), random.bits(), random.bits()];
    };
    expect(draw(3, 'a')).toEqual(draw(3, 'a'));
    expect(draw(3, 'b')).not.toEqual(draw(3, 'a'));
    expect(draw(4, 'a')).not.toEqual(draw(3, 'a'));
  });

  it('has the moments it promises', () => {
    const random = new Random(5, 'moments');
    const mean = (draw: () => number): number =>
      Array.from({ length: 100_000 }, draw).reduce((a, b) => a + b, 0) / 100_000;
    expect(mean(() => random.unit())).toBeCloseTo(0.5, 2);
    expect(mean(() => random.normal() ** 2)).toBeCloseTo(1, 1);
    expect(mean(() => random.around1(0.5))).toBeCloseTo(1, 1);
  });

  it('keeps a steady share closer than chance would', () => {
    const share = new SteadyShare(0.81, new Random(6, 'share'));
    const yes = Array.from({ length: 300 }, () => share.next()).filter(Boolean).length;
    expect(Math.abs(yes / 300 - 0.81)).toBeLessThan(0.02);
  });

  it('fills slots in proportion', () => {
    const filled = slots([3, 0, 1]);
    expect(filled.filter((value) => value === 0)).toHaveLength(768);
    expect(filled.filter((value) => value === 1)).toHaveLength(0);
  });
});
