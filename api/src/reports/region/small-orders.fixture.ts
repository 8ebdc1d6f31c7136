/** A data set as they were while they told of small orders and of nothing else that GMV is made of, and an edition that revises one. Nothing of it is to be changed. */
import type { BriefFigure, ReleasedArea } from '@beltline/contract';
import { type Edition, ownOf, type RegionData } from './region-data.ts';

const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };
const UNKNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };
const figure = (value: number): BriefFigure => ({ value, flag: 'final', reason: null });
const STATES = ['shown', 'suppressed', 'shown', 'zero', 'no-data'] as const;

/** `shape`: what was told before; `first`: in thousandths, the share from which on the made-up ones go. */
export function withSmallOrders(shape: RegionData, first: number): RegionData {
  const sized = (area: ReleasedArea, no: number): ReleasedArea => {
    const state = STATES[no % STATES.length] ?? 'shown';
    const shares = { shown: figure(((no * 97 + first) % 1_001) / 1_000), suppressed: SUPPRESSED };
    const share = state === 'shown' || state === 'suppressed' ? shares[state] : UNKNOWN;
    return { ...area, structure: [{ measure: 'small-orders', state, share }] };
  };
  const areas = {
    nation: sized(shape.nation, 0),
    province: shape.province && sized(shape.province, 2),
    cities: shape.cities.map((city) => sized(city, 1)),
    belts: shape.belts.map((belt, no) => sized(belt, 2 + no)),
  };
  const own = ownOf({ ...shape, ...areas }).structure;
  return {
    ...{ ...shape, ...areas, format: 5 },
    history: shape.history.map((month, at) => (at % 3 === 0 && own ? { ...month, structure: own } : month)),
  };
}

export const SMALL_ORDERS_REVISED: Edition = {
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
