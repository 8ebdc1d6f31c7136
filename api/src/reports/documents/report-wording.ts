/** What there must be in each language of what a report says: `report-words.ts` says it. */
import type { CellState, FigureChange } from '@beltline/contract';

export interface ReportWords {
  readonly locale: string;
  /** With {kind}: one of `levels`. */
  readonly kind: string;
  /** In the place of `kind` while it waits to be released. */
  readonly draft: string;
  /** What a report of each kind of area is about, as it stands in a sentence; with {area}. */
  readonly subjects: Readonly<Record<FigureChange['level'], string>>;
  /** With {subject} and {month}. */
  readonly title: string;
  readonly level: string;
  readonly page: string;
  readonly author: string;
  readonly facts: Readonly<
    Record<
      | 'number'
      | 'published'
      | 'revises'
      | 'region'
      | 'month'
      | 'source'
      | 'version'
      | 'edition'
      | 'made'
      | 'digest',
      string
    >
  >;
  readonly sections: Readonly<
    Record<'essentials' | 'revision' | 'tracks' | 'months' | 'cities' | 'belts' | 'notes', string>
  >;
  readonly captions: Readonly<
    Record<
      | 'compared'
      | 'revision'
      | 'revisionShares'
      | 'tracks'
      | 'months'
      | 'cities'
      | 'belts'
      | 'values'
      | 'rates',
      string
    >
  >;
  readonly columns: Readonly<
    Record<
      | 'area'
      | 'track'
      | 'goods'
      | 'gmv'
      | 'growth'
      | 'level'
      | 'levelOf'
      | 'orders'
      | 'pieces'
      | 'month'
      | 'of'
      | 'measure'
      | 'before'
      | 'after'
      | 'by',
      string
    >
  >;
  readonly charts: Readonly<Record<'growth' | 'growthAlt' | 'months' | 'monthsAlt' | 'join', string>>;
  readonly nation: string;
  readonly states: Readonly<Record<Exclude<CellState, 'shown'>, string>>;
  readonly noRate: string;
  readonly smallBase: string;
  readonly sentences: Readonly<
    Record<
      | 'value'
      | 'valueSuppressed'
      | 'valueZero'
      | 'valueUnknown'
      | 'rate'
      | 'rateMerged'
      | 'rateNation'
      | 'rateSuppressed'
      | 'rateNone'
      | 'rateSmallBase'
      | 'level'
      | 'levelMerged'
      | 'levelNation'
      | 'levelSuppressed'
      | 'levelNone'
      | 'share'
      | 'largestTrack'
      | 'largestBelt'
      | 'belts'
      | 'noBelts',
      string
    >
  >;
  readonly notes: readonly string[];
  /** Where levels are told; with {year}. */
  readonly levelNote: string;
  readonly revision: Readonly<
    Record<'revises' | 'months' | 'reference' | 'leavers' | 'reason' | 'counts' | 'join', string>
  >;
  /** A list of all figures, a row each area and track: what its columns and levels are called. */
  readonly list: Readonly<
    Record<
      | 'number'
      | 'published'
      | 'month'
      | 'level'
      | 'areaId'
      | 'area'
      | 'goods'
      | 'track'
      | 'state'
      | 'currency'
      | 'shown'
      | 'name',
      string
    >
  >;
  readonly levels: Readonly<Record<FigureChange['level'], string>>;
  /** A list of reports for programs. `superseded`: with {number}. */
  readonly feed: Readonly<Record<'title' | 'superseded', string>>;
  readonly calendar: Readonly<Record<'title' | 'event' | 'text', string>>;
}
