/**
 * What had been printed of a month when: versions are loads, of which there may be many in a day and none in a month, so the prints of a month
 * are picked from them. The first print is the first version in which the month is complete, if it was published in the month after it; the
 * print at lag k is the last version published in the k-th month after it. What was not published then is no print: it is not told
 * from a revision of nothing.
 */
import {
  addMonths,
  type Day,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
} from '../../core/calendar.ts';
import { isInGap, type LoadedRange, loadedRange, type MonthSpan } from '../../core/period.ts';

/** A version of a source. */
export interface PublishedVersion {
  readonly version: number;
  /** The day in the source's time zone. */
  readonly publishedOn: Day;
  readonly dataThrough: Day;
  /** The months that it made anew, each with its days with lines in force; null where none is left. */
  readonly months: readonly { readonly month: Month; readonly span: MonthSpan | null }[];
}

/** Months of which prints are told apart; what is printed later is one group. */
export const LAST_LAG = 12;
/** Lag of the first print, and of prints later than all others. */
export const FIRST_PRINT = 0;
export const LATER = LAST_LAG + 1;

/** A month as a version had it. `madeBy`: the version whose sums these are. */
export interface Print {
  readonly month: Month;
  /** Months after the month's end; `FIRST_PRINT`, or `LATER` for the first one beyond `LAST_LAG`. */
  readonly lag: number;
  readonly version: number;
  readonly publishedOn: Day;
  readonly madeBy: number;
  /** The same of the month of a year before; null where that was not complete then. */
  readonly yearAgoMadeBy: number | null;
}

/** All that was printed of a month, in the order of publication. */
export interface MonthPrints {
  readonly month: Month;
  readonly prints: readonly Print[];
  /** As of the newest version. */
  readonly latest: Print;
}

const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
/** Months from one to another. */
export const monthsFrom = (from: Month, to: Month): number => monthNumber(to) - monthNumber(from);
/** A month that is published on its own last day is printed with those of the first month after it. */
export const ageOf = (month: Month, publishedOn: Day): number =>
  Math.max(1, monthsFrom(month, monthOf(publishedOn)));

/** Where each version stands among those that made a month, and what was loaded as of it. */
class Versions {
  private readonly byMonth = new Map<Month, { place: number; span: MonthSpan | null }[]>();
  private readonly ranges = new Map<number, { range: LoadedRange; months: ReadonlySet<Month> } | null>();
  constructor(readonly all: readonly PublishedVersion[]) {
    all.forEach(({ months }, place) => {
      for (const { month, span } of months) {
        const made = this.byMonth.get(month) ?? [];
        this.byMonth.set(month, made);
        made.push({ place, span });
      }
    });
  }

  /** Months with lines as of any version, in their order. */
  get months(): Month[] {
    return [...this.byMonth.keys()].sort();
  }

  /** The place of the version that made a month as of another; undefined where none had. */
  private madeAt(month: Month, place: number) {
    return this.byMonth.get(month)?.findLast((made) => made.place <= place);
  }

  /** The version whose sums are those of a complete month as of a version; null where it was not complete. */
  madeBy(month: Month, place: number): number | null {
    const version = this.all[place];
    if (!version || version.dataThrough < lastDayOf(month)) return null;
    const made = this.madeAt(month, place);
    const loaded = this.loadedAt(place);
    if (!made?.span || !loaded?.months.has(month)) return null;
    const isComplete = loaded.range.firstDay <= firstDayOf(month) && !isInGap(loaded.range, month);
    return isComplete ? (this.all[made.place]?.version ?? null) : null;
  }

  private loadedAt(place: number) {
    const known = this.ranges.get(place);
    if (known !== undefined) return known;
    const spans = this.months.flatMap((month) => this.madeAt(month, place)?.span ?? []);
    const [first] = spans;
    const through = this.all[place]?.dataThrough;
    const made =
      first && through
        ? {
            range: loadedRange(first.firstDay, through, spans),
            months: new Set(spans.map(({ month }) => month)),
          }
        : null;
    this.ranges.set(place, made);
    return made;
  }
}

/** The prints of every month that is complete as of the newest version. `published`: all versions, the oldest first. */
export function printsOf(published: readonly PublishedVersion[]): MonthPrints[] {
  const versions = new Versions(published);
  const last = published.length - 1;
  /** The last version of each month of publication. */
  const lastOf = new Map(published.map(({ publishedOn }, place) => [monthOf(publishedOn), place]));
  return versions.months.flatMap((month) => {
    const print = (place: number, lag: number): Print[] => {
      const madeBy = versions.madeBy(month, place);
      const version = published[place];
      if (madeBy === null || !version) return [];
      return [
        {
          ...{ month, lag, version: version.version, publishedOn: version.publishedOn, madeBy },
          yearAgoMadeBy: versions.madeBy(addMonths(month, -12), place),
        },
      ];
    };
    const [latest] = print(last, LATER);
    if (!latest) return [];
    const first = published.findIndex((_, place) => versions.madeBy(month, place) !== null);
    const firstAge = ageOf(month, (published[first] as PublishedVersion).publishedOn);
    const ofMonths = monthsThrough(addMonths(month, 1), monthOf(latest.publishedOn)).flatMap((published) => {
      const place = lastOf.get(published);
      const lag = monthsFrom(month, published);
      // The first print is not also that of the month in which it was published.
      if (place === undefined || place < first || (place === first && firstAge === 1)) return [];
      return [{ place, lag }];
    });
    const later = ofMonths.find(({ lag }) => lag > LAST_LAG);
    return [
      {
        month,
        latest: { ...latest, lag: ageOf(month, latest.publishedOn) },
        prints: [
          ...(firstAge === 1 ? print(first, FIRST_PRINT) : []),
          ...ofMonths.filter(({ lag }) => lag <= LAST_LAG).flatMap(({ place, lag }) => print(place, lag)),
          ...(later ? print(later.place, LATER) : []),
        ],
      },
    ];
  });
}
