/**
 * What an outsider makes of answers as they come over the wire. Nothing here knows the product: areas and tracks are those of the published answers, and where belts
 * lie is a map that anybody can draw.
 */

/** Of what is answered of a released month, what is read here. */
export interface MonthAnswer {
  readonly nation: AreaAnswer;
  readonly provinces: readonly AreaAnswer[];
  readonly cities: readonly AreaAnswer[];
  readonly belts: readonly AreaAnswer[];
}
interface AreaAnswer {
  readonly area: { readonly level: string; readonly id: string };
  readonly cells: readonly CellAnswer[];
}
interface CellAnswer {
  readonly track: string;
  readonly state: string;
  readonly gmv: { readonly value: number | null };
  readonly pieces: { readonly value: number | null };
  readonly orders: { readonly value: number | null };
}

/** A belt on the map. */
export interface Place {
  readonly id: string;
  readonly city: string;
  readonly province: string;
}

export const MEASURES = ['gmv', 'pieces', 'orders'] as const;
export type Measure = (typeof MEASURES)[number];

/** Every track there is, with what the published definitions say of it: overseas local users are a part of cross-border, and a line of classic wholesale is in no other. */
export const ALL = 'all';
export const WHOLESALE = 'wholesale';
export const PART = { of: 'cross-border', is: 'overseas-local' } as const;

export const cellName = (level: string, id: string, track: string): string => `${level}|${id}|${track}`;

/** What is told of a cell: a number, that there is something, or nothing at all. Whole numbers: money in hundredths. */
export type Told = number | 'something' | 'unknown';

/** All that some answers tell of a month, by cell. Two that contradict each other would be a find of their own. */
export class Reading {
  readonly tracks: readonly string[];
  readonly told = new Map<string, Record<Measure, Told>>();
  /** Cells that two answers tell otherwise. */
  readonly contradictions: string[] = [];

  constructor(answers: readonly MonthAnswer[]) {
    const areas = answers.flatMap(({ nation, provinces, cities, belts }) => [
      nation,
      ...provinces,
      ...cities,
      ...belts,
    ]);
    this.tracks = [...new Set(areas.flatMap(({ cells }) => cells.map(({ track }) => track)))];
    for (const { area, cells } of areas) {
      for (const cell of cells) {
        const name = cellName(area.level, area.id, cell.track);
        const found = {
          gmv: toldOf(cell, 'gmv'),
          pieces: toldOf(cell, 'pieces'),
          orders: toldOf(cell, 'orders'),
        };
        const before = this.told.get(name);
        if (before && JSON.stringify(before) !== JSON.stringify(found)) this.contradictions.push(name);
        this.told.set(name, found);
      }
    }
  }

  of(name: string, measure: Measure): Told {
    return this.told.get(name)?.[measure] ?? 'unknown';
  }
}

function toldOf(cell: CellAnswer, measure: Measure): Told {
  if (cell.state === 'zero') return 0;
  if (cell.state === 'no-data') return 'unknown';
  const { value } = cell[measure];
  if (value === null) return 'something';
  return Math.round(measure === 'gmv' ? 100 * value : value);
}
