/** Reports that were published with the sizes of orders, before data sets told of the largest sellers. */
import type { BriefFigure, ReleasedArea } from '@beltline/contract';
import { digestOfGiven } from './given-bytes.fixture.ts';
import { type Edition, ownOf, type RegionData } from './region-data.ts';
import { THIRD_SHAPE } from './third-shape.fixture.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const UNKNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const STATES = ['shown', 'suppressed', 'shown', 'zero', 'no-data'] as const;
const sized = (area: ReleasedArea, no: number): ReleasedArea => {
  const state = STATES[no % STATES.length] ?? 'shown';
  const shares = { shown: figure(((no * 97 + 31) % 1_001) / 1_000), suppressed: SUPPRESSED };
  const share = state === 'shown' || state === 'suppressed' ? shares[state] : UNKNOWN;
  return { ...area, structure: [{ measure: 'small-orders', state, share }] };
};
const areas = {
  nation: sized(THIRD_SHAPE.nation, 0),
  province: THIRD_SHAPE.province && sized(THIRD_SHAPE.province, 2),
  cities: THIRD_SHAPE.cities.map((city) => sized(city, 1)),
  belts: THIRD_SHAPE.belts.map((belt, no) => sized(belt, 2 + no)),
};
const own = ownOf({ ...THIRD_SHAPE, ...areas }).structure;
const SIZES_ALONE: RegionData = {
  ...{ ...THIRD_SHAPE, ...areas, format: 5 },
  history: THIRD_SHAPE.history.map((month, at) =>
    at % 3 === 0 && own ? { ...month, structure: own } : month,
  ),
};
const EDITION: Edition = {
  ...{ number: 'BL-2026-0020', day: '2026-03-12' },
  revision: {
    ...{ of: 'BL-2026-0010', reason: null, monthsSince: [], leaversSince: true },
    changes: [
      {
        ...{ level: 'nation', area: '', name: { zh: '全国', en: 'Nation' }, track: 'all' },
        ...{ measure: 'small-orders', month: '2024-12', before: figure(0.1), after: figure(0.05), by: -0.05 },
      },
    ],
  },
};

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '8f73f12cf452804699e2ea9c27c63ab33bf33685774e8a4a1116811356973bc2';

test('a data set that tells of small orders alone gives the bytes that it gave', () => {
  expect(digestOfGiven(SIZES_ALONE, EDITION)).toBe(GIVEN);
});
