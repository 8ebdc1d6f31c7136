/** Reports that were published with the sizes of orders, before data sets told of channels and destinations. */
import type { BriefFigure, ReleasedArea, StructureMeasure } from '@beltline/contract';
import { FOURTH_SHAPE } from './fourth-shape.fixture.ts';
import { digestOfGiven } from './given-bytes.fixture.ts';
import { type Edition, ownOf, type RegionData } from './region-data.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const UNKNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const STATES = ['shown', 'suppressed', 'shown', 'zero', 'no-data'] as const;
/** Of which alone it was told then. */
const TOLD: readonly StructureMeasure[] = ['small-orders'];
const sizesOf = (no: number): NonNullable<ReleasedArea['structure']> =>
  TOLD.map((measure) => {
    const state = STATES[no % STATES.length] ?? 'shown';
    const share = { shown: figure(((no * 97) % 1_001) / 1_000), suppressed: SUPPRESSED };
    return { measure, state, share: state === 'shown' || state === 'suppressed' ? share[state] : UNKNOWN };
  });
const sized = (area: ReleasedArea, no: number): ReleasedArea => ({ ...area, structure: sizesOf(no) });
const areas = {
  nation: sized(FOURTH_SHAPE.nation, 0),
  province: FOURTH_SHAPE.province && sized(FOURTH_SHAPE.province, 2),
  cities: FOURTH_SHAPE.cities.map((city) => sized(city, 1)),
  belts: FOURTH_SHAPE.belts.map((belt, no) => sized(belt, 2 + no)),
};
const own = ownOf({ ...FOURTH_SHAPE, ...areas }).structure;
const FIFTH_SHAPE: RegionData = {
  ...{ ...FOURTH_SHAPE, ...areas, format: 5 },
  history: FOURTH_SHAPE.history.map((month, at) =>
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
const GIVEN = '4087ae82be37a5ba1cbcf0a60835e1dc09b186ab318308bb803ab5b1fb354b4e';

test('a data set of the fifth shape gives the bytes that it gave', () => {
  expect(digestOfGiven(FIFTH_SHAPE, EDITION)).toBe(GIVEN);
});
