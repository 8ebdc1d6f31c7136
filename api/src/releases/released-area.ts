/** What is kept of an area, as it is answered: each cell in one of four states, with the rate where both of its months are shown. */
import {
  type BriefFigure,
  type CellState,
  RELEASED_MEASURES,
  type ReleasedArea,
  type ReleasedCell,
  type ReleasedMeasure,
  type Track,
  TRACKS,
} from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';
import { judge } from '../core/ratio.ts';
import type { GatedCell } from './gated-month.ts';
import type { AreaAbout } from './release-store.service.ts';

/** `cells` null: it is in no release. */
export interface KeptArea {
  readonly level: 'belt' | 'city' | 'province' | 'category' | 'nation';
  readonly area: string;
  readonly about: AreaAbout | null;
  readonly cells: readonly GatedCell[] | null;
}

interface Kept {
  readonly state: CellState;
  readonly values: readonly number[] | null;
}

const NOTHING: readonly number[] = RELEASED_MEASURES.map(() => 0);
const SUPPRESSED: BriefFigure = { value: null, flag: 'suppressed', reason: 'confidential' };

export function releasedArea(now: KeptArea, before: KeptArea | null, minBase: number): ReleasedArea {
  const { level, area, about } = now;
  return {
    area: { level, id: area, name: about?.name ?? { zh: area, en: area }, belts: about?.belts ?? 0 },
    goods: about?.goods ?? null,
    // A belt that went to another area would be taken for growth of this one.
    cells: TRACKS.map((track) =>
      cellOf(track, now, before?.about?.belts === about?.belts ? before : null, minBase),
    ),
  };
}

function cellOf(track: Track, now: KeptArea, before: KeptArea | null, minBase: number): ReleasedCell {
  const kept = keptOf(now, track);
  const figure = (measure: ReleasedMeasure): BriefFigure => {
    if (kept.state === 'suppressed') return SUPPRESSED;
    return known(valueOf(kept, measure), 'no-data');
  };
  return {
    track,
    state: kept.state,
    ...{ gmv: figure('gmv'), pieces: figure('pieces'), orders: figure('orders') },
    growth: growthOf(kept, before ? keptOf(before, track) : null, minBase),
  };
}

/** A rate tells its base with its value, so it needs both. */
function growthOf(now: Kept, before: Kept | null, minBase: number): BriefFigure {
  if (now.state === 'suppressed' || before?.state === 'suppressed') return SUPPRESSED;
  if (now.state === 'no-data') return unknown('no-data');
  return judge({
    value: valueOf(now, 'gmv'),
    base: before && valueOf(before, 'gmv'),
    baseOrders: before && valueOf(before, 'orders'),
    minBase,
    provisional: false,
    unknownBecause: 'no-data',
  });
}

function keptOf({ cells }: KeptArea, track: Track): Kept {
  if (cells === null) return { state: 'no-data', values: null };
  const cell = cells.find(({ by, key }) => by === 'track' && key === track);
  if (!cell) return { state: 'zero', values: NOTHING };
  return { state: cell.values === null ? 'suppressed' : 'shown', values: cell.values };
}

/** Money is kept in hundredths. */
function valueOf({ values }: Kept, measure: ReleasedMeasure): number | null {
  if (values === null) return null;
  const value = values[RELEASED_MEASURES.indexOf(measure)] ?? 0;
  return measure === 'gmv' ? value / 100 : value;
}
