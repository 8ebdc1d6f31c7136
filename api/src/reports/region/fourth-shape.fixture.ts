/** A data set as they were once they told of growth of the same shops and levels, before they told of the sizes of orders. Nothing of it is to be changed. */
import type { BriefFigure, ReleasedArea } from '@beltline/contract';
import { ownOf, type RegionData } from './region-data.ts';
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
export const FOURTH_SHAPE: RegionData = {
  ...{ ...THIRD_SHAPE, ...areas, format: 4 },
  reference: { year: 2021, months: [`2021-${THIRD_SHAPE.release.month.slice(5)}`] },
  history: THIRD_SHAPE.history.map((month, at) =>
    at % 2 === 0 && own ? { ...month, carriers: own.shares } : month,
  ),
};
