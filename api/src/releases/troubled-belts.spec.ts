/** Which belts an official is shown first: of rates that are told alone, whatever stands beside them. */
import type { BriefFigure, Flag, ReleasedArea } from '@beltline/contract';
import fc from 'fast-check';
import { troubledOf } from './releases.service.ts';

const FLAGS: readonly Flag[] = ['final', 'suppressed', 'base-too-small', 'not-available'];
const nothing: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const belts = fc.array(
  fc.record({
    flag: fc.constantFrom(...FLAGS),
    // Also where none belongs, as if it had been left there by mistake.
    value: fc.option(fc.integer({ min: -9, max: 9 }).map((tenths) => tenths / 10)),
  }),
  { maxLength: 12 },
);
const areaOf = (growth: BriefFigure, no: number): ReleasedArea => ({
  area: { level: 'belt', id: `b${String(no).padStart(2, '0')}`, name: { zh: '名', en: 'name' }, belts: 1 },
  goods: null,
  cells: [{ track: 'all', state: 'shown', gmv: nothing, pieces: nothing, orders: nothing, growth }],
});

test('those whose rate is told and below zero, the largest fall first, and of equal ones by their names', () => {
  fc.assert(
    fc.property(belts, (all) => {
      const areas = all.map(({ flag, value }, no) => areaOf({ value, flag, reason: null }, no));
      const found = troubledOf(areas).map((id) => all[Number(id.slice(1))]);
      const falling = all.filter(({ flag, value }) => flag === 'final' && value !== null && value < 0);
      expect(found).toHaveLength(falling.length);
      expect(found.map((one) => one?.value)).toEqual(
        falling.map(({ value }) => value).sort((a, b) => (a ?? 0) - (b ?? 0)),
      );
      // The order in which they come tells nothing.
      expect(troubledOf([...areas].reverse())).toEqual(troubledOf(areas));
    }),
  );
});
