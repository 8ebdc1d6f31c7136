/** A data set with shares of service, as the program froze them before it told who carries growth. */
import { type ReleasedArea, type ReleasedShare, SERVICE_MEASURES } from '@beltline/contract';
import { FIRST_SHAPE } from './first-shape.fixture.ts';
import type { RegionData } from './region-data.ts';

const STATES = ['shown', 'suppressed', 'no-data', 'shown', 'shown'] as const;
const serviceOf = (no: number): ReleasedShare[] =>
  SERVICE_MEASURES.map((measure, at) => {
    const state = STATES[(no + at) % STATES.length] ?? 'shown';
    // Nothing and everything among them, as they are rounded.
    if (state === 'shown')
      return {
        measure,
        state,
        share: { value: ((no * 7 + at * 250) % 1_001) / 1_000, flag: 'final', reason: null },
      };
    if (state === 'suppressed')
      return { measure, state, share: { value: null, flag: 'suppressed', reason: 'confidential' } };
    return { measure, state, share: { value: null, flag: 'not-available', reason: 'no-data' } };
  });
const served = (area: ReleasedArea, no: number): ReleasedArea => ({ ...area, service: serviceOf(no) });
export const SECOND_SHAPE: RegionData = {
  ...{ ...FIRST_SHAPE, format: 2 },
  nation: served(FIRST_SHAPE.nation, 0),
  province: FIRST_SHAPE.province && served(FIRST_SHAPE.province, 3),
  cities: FIRST_SHAPE.cities.map((city) => served(city, 1)),
  belts: FIRST_SHAPE.belts.map((belt, no) => served(belt, 2 + no)),
  history: FIRST_SHAPE.history.map((month, no) => (no < 8 ? month : { ...month, service: serviceOf(no) })),
};
