/** A data set as they were once they told who carries growth, before they told of growth of the same shops. Nothing of it is to be changed. */
import { type BriefFigure, CARRIER_MEASURES, type ReleasedArea } from '@beltline/contract';
import type { RegionData } from './region-data.ts';
import { SECOND_SHAPE } from './second-shape.fixture.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const UNKNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const STATES = ['shown', 'shown', 'suppressed', 'no-data'] as const;
const FIGURES = { shown: null, suppressed: SUPPRESSED, 'no-data': UNKNOWN } as const;
const carried = (area: ReleasedArea, no: number): ReleasedArea => {
  const figure = (value: number, at: number): BriefFigure =>
    FIGURES[STATES[(no + at) % STATES.length] ?? 'shown'] ?? { value, flag: 'final', reason: null };
  const shares = CARRIER_MEASURES.map((measure, at) => ({
    ...{ measure, state: STATES[(no + at) % STATES.length] ?? 'shown' },
    share: figure(((no * 7 + at * 250) % 1_001) / 1_000, at),
  }));
  const parts = { fromNewcomers: figure(0.0123 * no, 0), fromOthers: figure(-0.0456 * no, 0) };
  return { ...area, carriers: { shares, ...parts } };
};
export const THIRD_SHAPE: RegionData = {
  ...{ ...SECOND_SHAPE, format: 3 },
  nation: carried(SECOND_SHAPE.nation, 0),
  province: SECOND_SHAPE.province && carried(SECOND_SHAPE.province, 5),
  cities: SECOND_SHAPE.cities.map((city) => carried(city, 1)),
  belts: SECOND_SHAPE.belts.map((belt, no) => carried(belt, 2 + no)),
};
