import { Inject, Injectable } from '@nestjs/common';
import {
  type DistinctMeasure,
  type FlowMeasure,
  isDistinct,
  isFlow,
  MEASURE,
  type SeriesAnswer,
  type SeriesPoint,
  type SeriesQuestion,
  type Track,
  UNIT_OF_MEASURE,
} from '@beltline/contract';
import { type Hundredths, queries } from '@beltline/sql/clickhouse';
import { areaOf } from '../../data/areas/area.ts';
import type { AreaContext } from '../../data/context/context.ts';
import {
  addDays,
  addMonths,
  type Day,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
} from '../../core/calendar.ts';
import { type DailySeries, dayAt, indexOfDay } from '../../data/daily/daily-series.ts';
import { DailySeriesService, seriesOfArea } from '../../data/daily/daily-series.service.ts';
import {
  type ProvisionalMonths,
  RevisionEvidenceService,
} from '../../data/revisions/revision-evidence.service.ts';
import { MonthSumsService } from '../../data/sums/month-sums.service.ts';
import { type Correction, OverlapService } from '../../data/sums/overlap.service.ts';
import { measured } from '../../core/amounts.ts';
import { scaleOf } from '../../core/figure.ts';
import { isInTrack, TRACK_BIT } from '../../core/tracks.ts';
import { type PartMonth, partMonthsOf } from '../../core/period.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import { turns } from '../../platform/turns.ts';
import { invalidRequest } from '../../platform/problem/problem-error.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import { answerWith } from '../indicator.ts';
import { mergeFestivalMonths, withPartners } from '../../core/merged-months.ts';
import { parametersOf, type SeriesContext } from './series-context.ts';
import { uncoveredBuyers } from './uncovered-buyers.ts';
import { dayPoints, monthBuckets, monthPoints, type Observed, unlessFinal } from './series-points.ts';

const MAX_DAYS = 1_100;
/** For months outside the data, which are not many of themselves; those inside can all be asked for, however early it begins. */
const MAX_MONTHS = 240;

@Injectable()
export class SeriesService {
  constructor(
    @Inject(DailySeriesService) private readonly daily: DailySeriesService,
    @Inject(MonthSumsService) private readonly sums: MonthSumsService,
    @Inject(OverlapService) private readonly overlap: OverlapService,
    @Inject(RevisionEvidenceService) private readonly revisions: RevisionEvidenceService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async series(context: AreaContext, question: SeriesQuestion): Promise<SeriesAnswer> {
    assertAnswerable(question, context.vintage);
    const tracks = [...new Set(question.tracks)];
    const asked: SeriesContext = { ...context, question, tracks };
    const [points, uncovered] = await Promise.all([
      question.grain === 'month' ? this.byMonth(asked) : this.byDay(asked),
      uncoveredBuyers(this.clickhouse, this.sums, asked),
    ]);
    return {
      meta: context.meta,
      grain: question.grain,
      measure: question.measure,
      unit: UNIT_OF_MEASURE[question.measure],
      area: areaOf(context.area),
      lines: await turns.map(tracks, (track) => ({
        track,
        points: points(track),
        ...(uncovered && { uncovered: uncovered(track) }),
      })),
    };
  }

  private async byMonth(asked: SeriesContext): Promise<(track: Track) => SeriesPoint[]> {
    const { vintage } = asked;
    const { measure } = asked.question;
    const merges = isFlow(measure) && hasFestival(vintage.homeCountry);
    const question = merges ? { ...asked.question, ...withPartners(asked.question) } : asked.question;
    const from = firstDayOf(addMonths(question.from, -12));
    const to = firstDayOf(question.to);
    const sums = await this.sums.of(vintage);
    const months = { tracks: asked.tracks, from, to };
    const [rows, active, corrections, clipped, provisional] = await Promise.all([
      sums.byMonth(vintage.scope, months, asked.area),
      isDistinct(measure) ? this.activeByMonth(asked, measure, { from, to }) : null,
      this.overlap.corrections(asked, { unit: 'order', by: 'month', months: monthsOf(question) }),
      isFlow(measure) ? this.clipped({ ...asked, question }, measure) : null,
      this.provisional(asked),
    ]);
    const spread = unitsOf(corrections);
    const buckets = monthBuckets(question, vintage.loaded);
    const minBase = this.config.BELTLINE_MIN_BASE;
    return (track) => {
      const found = (row: (typeof rows)[number]): [Day, Observed] => {
        const orders = row.orders + spread(row.bucket, track);
        const value = isFlow(measure)
          ? measured(measure, { ...row, orders })
          : orNotTold(active?.(track, row.bucket) ?? 0, orders);
        return [row.bucket, { value, orders }];
      };
      const whole = new Map(rows.filter((row) => row.track === track).map(found));
      const values = { whole, clipped: clipped?.(track) ?? new Map() };
      const points = monthPoints(buckets, values, minBase);
      const isAsked = ({ day }: SeriesPoint) =>
        monthOf(day) >= asked.question.from && monthOf(day) <= asked.question.to;
      const ordersOf = (month: Month) => (whole.get(firstDayOf(month))?.orders ?? 0) / 100;
      const told = merges ? mergeFestivalMonths(points, { ordersOf, minBase }).filter(isAsked) : points;
      const months = provisional.get(track);
      return months ? told.map((point) => unlessFinal(point, months)) : told;
    };
  }

  /** By track, the months that are over whose figures are known to be revised; of distinct merchants and buyers nothing is known. */
  private async provisional({ vintage, area, question, tracks }: SeriesContext) {
    const { measure } = question;
    if (!isFlow(measure)) return new Map<Track, ProvisionalMonths>();
    return new Map(
      await Promise.all(
        tracks.map(
          async (track) =>
            [track, await this.revisions.provisional({ vintage, area }, { track, measure })] as const,
        ),
      ),
    );
  }

  /** What incomplete months are compared with, by their first days: the same days of a year ago. */
  private async clipped(
    asked: SeriesContext,
    measure: FlowMeasure,
  ): Promise<(track: Track) => ReadonlyMap<Day, Observed>> {
    const { vintage, area, question, tracks } = asked;
    const [from, to] = [firstDayOf(question.from), firstDayOf(question.to)];
    const parts = partMonthsOf(vintage.loaded).filter(({ bucket }) => bucket >= from && bucket <= to);
    if (parts.length === 0) return () => new Map();
    const months = [...new Set(parts.map(({ firstDay }) => firstDayOf(monthOf(firstDay))))];
    const sums = await this.sums.ofYearAgo(vintage);
    const [rows, corrections] = await Promise.all([
      sums.byMonth(vintage.scope, { tracks, from, to }, area),
      this.overlap.corrections(asked, { unit: 'order', by: 'day', months }),
    ]);
    const spread = unitsOf(corrections);
    return (track) => {
      const found = (row: (typeof rows)[number]): [Day, Observed] => {
        const part = parts.find(({ bucket }) => bucket === row.bucket);
        const twice = part ? total(daysFrom(part), (day) => spread(day, track)) : 0;
        const orders = row.orders + twice;
        return [row.bucket, { value: measured(measure, { ...row, orders }), orders }];
      };
      return new Map(rows.filter((row) => row.track === track).map(found));
    };
  }

  private async activeByMonth(
    asked: SeriesContext,
    measure: DistinctMeasure,
    months: { from: Day; to: Day },
  ): Promise<(track: Track, month: Day) => Hundredths> {
    const rows = await this.clickhouse.ask(asked.vintage.scope, queries.activeByMonth, {
      ...parametersOf(asked),
      ...months,
      unit: MEASURE[measure].distinct,
    });
    const found = new Map(rows.map((row) => [`${row.track_bit} ${row.bucket}`, row.units]));
    return (track, month) => found.get(`${TRACK_BIT[track]} ${month}`) ?? 0;
  }

  private async byDay(asked: SeriesContext): Promise<(track: Track) => SeriesPoint[]> {
    const { question, vintage } = asked;
    const range = { from: firstDayOf(addMonths(question.from, -12)), to: lastDayOf(question.to) };
    const days = await this.days(asked, range);
    return (track) => dayPoints(question, days(track), vintage.loaded, this.config.BELTLINE_MIN_BASE);
  }

  /** What adds up comes from the series of every belt, which are in memory; distinct merchants and buyers from the engine. */
  private days(
    asked: SeriesContext,
    range: { from: Day; to: Day },
  ): Promise<(track: Track) => Map<Day, Observed>> {
    const { measure } = asked.question;
    return isDistinct(measure)
      ? this.activeDays(asked, measure, range)
      : this.flowDays(asked, measure, range);
  }

  private async flowDays(
    { vintage, area, tracks }: SeriesContext,
    measure: FlowMeasure,
    { from, to }: { from: Day; to: Day },
  ): Promise<(track: Track) => Map<Day, Observed>> {
    const seriesOf = async (track: Track, of: FlowMeasure): Promise<DailySeries> =>
      seriesOfArea(await this.daily.of(vintage, track, of), area);
    const lines = await Promise.all(
      tracks.map(
        async (track) => [track, await seriesOf(track, measure), await seriesOf(track, 'orders')] as const,
      ),
    );
    const found = new Map(
      lines.map(([track, values, orders]) => {
        const [first, last] = [Math.max(0, indexOfDay(values, from)), indexOfDay(values, to)];
        const days = new Map<Day, Observed>();
        for (let index = first; index <= last && index < values.values.length; index++) {
          days.set(dayAt(values, index), {
            value: ((values.values[index] ?? 0) * 100) / scaleOf(measure),
            orders: (orders.values[index] ?? 0) * 100,
          });
        }
        return [track, days] as const;
      }),
    );
    return (track) => found.get(track) ?? new Map();
  }

  /** A merchant is in one belt on a day, so merchants of a day add up over belts; orders and buyers are corrected. */
  private async activeDays(
    asked: SeriesContext,
    measure: DistinctMeasure,
    range: { from: Day; to: Day },
  ): Promise<(track: Track) => Map<Day, Observed>> {
    const { vintage, tracks } = asked;
    const months = monthsThrough(monthOf(range.from), monthOf(range.to)).map(firstDayOf);
    const [rows, orders, buyers] = await Promise.all([
      this.clickhouse.ask(vintage.scope, queries.seriesByDay, {
        ...parametersOf(asked),
        ...range,
        tracks,
      }),
      this.overlap.corrections(asked, { unit: 'order', by: 'day', months }),
      measure === 'buyers' ? this.overlap.corrections(asked, { unit: 'buyer', by: 'day', months }) : [],
    ]);
    const [orderOverlap, buyerOverlap] = [unitsOf(orders), unitsOf(buyers)];
    return (track) => {
      const found = (row: (typeof rows)[number]): [Day, Observed] => [
        row.bucket,
        {
          value: orNotTold(row[measure] + buyerOverlap(row.bucket, track), row.orders),
          orders: row.orders + orderOverlap(row.bucket, track),
        },
      ];
      return new Map(rows.filter((row) => row.track === track).map(found));
    };
  }
}

/** Whoever ordered was somebody: where none is counted, the source does not tell them. */
const orNotTold = (units: Hundredths, orders: Hundredths): Hundredths | null =>
  units === 0 && orders > 0 ? null : units;

const daysFrom = ({ firstDay, lastDay }: PartMonth): Day[] =>
  Array.from({ length: daysThrough(firstDay, lastDay) }, (_, index) => addDays(firstDay, index));

const total = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** Months of a question and of the year before, as days. */
const monthsOf = ({ from, to }: SeriesQuestion) => monthsThrough(addMonths(from, -12), to).map(firstDayOf);

/** The corrections of a bucket on a track, added up. */
function unitsOf(corrections: readonly Correction[]): (bucket: Day, track: Track) => Hundredths {
  const buckets = new Map<Day, Correction[]>();
  for (const one of corrections) {
    const bucket = buckets.get(one.bucket);
    if (bucket) bucket.push(one);
    else buckets.set(one.bucket, [one]);
  }
  return (bucket, track) =>
    (buckets.get(bucket) ?? [])
      .filter((one) => isInTrack(one.combination, track))
      .reduce((sum, one) => sum + one.units, 0);
}

/** @throws ProblemError where nothing of the period is loaded, or there are too many points. */
function assertAnswerable({ from, to, grain }: SeriesQuestion, { loaded }: Vintage): void {
  const [first, last] = [monthOf(loaded.firstDay), monthOf(loaded.dataThrough)];
  const message = `outside the loaded data, which reaches from ${first} to ${last}`;
  if (from > last) throw invalidRequest({ field: 'from', message });
  if (to < first) throw invalidRequest({ field: 'to', message });
  const isInside = from >= first && to <= last;
  if (!isInside && to >= addMonths(from, MAX_MONTHS)) {
    throw invalidRequest({ field: 'to', message: `more than ${MAX_MONTHS} months after from` });
  }
  if (grain === 'day' && daysThrough(firstDayOf(from), lastDayOf(to)) > MAX_DAYS) {
    throw invalidRequest({ field: 'to', message: `more than ${MAX_DAYS} days after from; ask by month` });
  }
}

export const seriesAnswerer = answerWith('series', 'area', SeriesService, (service, context, question) =>
  service.series(context, question),
);
