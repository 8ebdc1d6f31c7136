/** Reports that were published with growth of the same shops and levels, before data sets told of the sizes of orders. */
import type { BriefFigure, ReleasedArea } from '@beltline/contract';
import { digestOfGiven } from './given-bytes.fixture.ts';
import { type Edition, ownOf, type RegionData } from './region-data.ts';
import { THIRD_SHAPE } from './third-shape.fixture.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const stayed = (area: ReleasedArea, no: number): ReleasedArea => {
  const { carriers } = area;
  if (!carriers) throw new Error('the third shape has carriers');
  const leavers =
    no % 3 === 2
      ? { state: 'suppressed' as const, share: SUPPRESSED }
      : { state: 'shown' as const, share: figure(((no * 37) % 1_001) / 1_000) };
  const growth = no % 3 === 0 ? figure(0.0321 * (no - 2)) : SUPPRESSED;
  const level = no % 4 === 3 ? SUPPRESSED : figure(88.8 + 7.7 * no);
  return { ...area, level, carriers: { ...carriers, sameStore: { leavers, growth } } };
};
const areas = {
  nation: stayed(THIRD_SHAPE.nation, 0),
  province: THIRD_SHAPE.province && stayed(THIRD_SHAPE.province, 3),
  cities: THIRD_SHAPE.cities.map((city) => stayed(city, 1)),
  belts: THIRD_SHAPE.belts.map((belt, no) => stayed(belt, 2 + no)),
};
const own = ownOf({ ...THIRD_SHAPE, ...areas }).carriers;
const FOURTH_SHAPE: RegionData = {
  ...{ ...THIRD_SHAPE, ...areas, format: 4 },
  reference: { year: 2021, months: [`2021-${THIRD_SHAPE.release.month.slice(5)}`] },
  history: THIRD_SHAPE.history.map((month, at) =>
    at % 2 === 0 && own ? { ...month, carriers: own.shares } : month,
  ),
};
const EDITION: Edition = {
  ...{ number: 'BL-2026-0010', day: '2026-02-12' },
  revision: {
    ...{ of: 'BL-2026-0003', reason: null, monthsSince: ['2024-01'] },
    changes: [
      {
        ...{
          level: 'nation',
          area: '',
          name: { zh: '全国', en: 'Nation' },
          track: 'all',
          measure: 'same-store',
        },
        ...{ before: SUPPRESSED, after: figure(0.05), by: null },
      },
      {
        ...{
          level: 'nation',
          area: '',
          name: { zh: '全国', en: 'Nation' },
          track: 'all',
          measure: 'leavers',
        },
        ...{ month: '2024-12', before: figure(0.1), after: figure(0.05), by: -0.05 },
      },
    ],
  },
};

/** As the program gave them before; of the data set, the document, the page and the list in both languages. */
const GIVEN = '3e18f14500005b8fa2e289a5d7a5e0a6f225f5dce306b5f93434c9c16c372933';

test('a data set of the fourth shape gives the bytes that it gave', () => {
  expect(digestOfGiven(FOURTH_SHAPE, EDITION)).toBe(GIVEN);
});
