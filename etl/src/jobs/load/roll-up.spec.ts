import fc from 'fast-check';
import { LINES_PER_RUN, runsOfMonths } from './roll-up.ts';

const sizes = fc
  .array(fc.integer({ min: 1, max: 2 * LINES_PER_RUN }), { minLength: 1, maxLength: 60 })
  .map((lines) => lines.map((count, index) => ({ month: 202_201 + index, lines: count })));

describe('runsOfMonths', () => {
  it('takes every month once, in order', () => {
    fc.assert(
      fc.property(sizes, (months) => {
        expect(runsOfMonths(months).flat()).toEqual(months.map(({ month }) => month));
      }),
    );
  });

  it('makes no group empty, and none larger than its bound and the largest month', () => {
    fc.assert(
      fc.property(sizes, (months) => {
        const largest = Math.max(...months.map(({ lines }) => lines));
        for (const run of runsOfMonths(months)) {
          const lines = months
            .filter(({ month }) => run.includes(month))
            .reduce((sum, month) => sum + month.lines, 0);
          expect(run).not.toEqual([]);
          expect(lines).toBeLessThanOrEqual(LINES_PER_RUN + largest);
        }
      }),
    );
  });

  it('makes groups of about the same size', () => {
    const months = Array.from({ length: 38 }, (_, index) => ({ month: 202_201 + index, lines: 105_000 }));
    expect(runsOfMonths(months).map((run) => run.length)).toEqual([19, 19]);
  });

  it('has nothing to do where no month was touched', () => {
    expect(runsOfMonths([])).toEqual([]);
  });
});
