import fc from 'fast-check';
import jStat from 'jstat';
import { median } from './vector.ts';

test('the median is that of the library, and changes nothing of what it is given', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 1 }), (values) => {
      const before = [...values];
      expect(median(values) === jStat.median(values)).toBe(true); // whichever the sign of a 0
      expect(median(Float64Array.from(values))).toBe(median(values));
      expect(values).toEqual(before);
    }),
  );
  expect([median([]), median([3]), median([10, 9, 2]), median([4, 1])]).toEqual([NaN, 3, 9, 2.5]);
});
