import { Inject, Injectable } from '@nestjs/common';
import {
  type SeriesAnswer,
  type SeriesPoint,
  type SeriesQuestion,
  type Track,
  UNIT_OF_MEASURE,
} from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { BeltsService } from '../belts/belts.service.ts';
import { addMonths, type Day, daysThrough, firstDayOf, lastDayOf, monthOf } from '../figures/calendar.ts';
import { TRACK_BIT } from '../figures/tracks.ts';
import { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import { invalidRequest, notFound } from '../platform/problem/problem-error.ts';
import { VintageService } from '../sources/vintage.service.ts';
import { metaOf, type Vintage } from '../sources/vintage.ts';
import { clippedMonth, dayPoints, type Found, monthPoints } from './series-points.ts';

const MAX_DAYS = 1_100;
const MAX_MONTHS = 240;
/** A day before all data, for a part of a query that is not needed. */
const NEVER = '1970-01-01';

@Injectable()
export class SeriesService {
  constructor(
    @Inject(VintageService) private readonly vintages: VintageService,
    @Inject(BeltsService) private readonly belts: BeltsService,
    @Inject(ClickHouseService) private readonly clickhouse: ClickHouseService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  async series(question: SeriesQuestion): Promise<SeriesAnswer> {
    const vintage = await this.vintages.of(question.source);
    assertAnswerable(question, vintage);
    const tracks = [...new Set(question.tracks)];
    const [points] = await Promise.all([
      question.grain === 'month'
        ? this.byMonth(vintage, question, tracks)
        : this.byDay(vintage, question, tracks),
      this.belts.assertKnown(vintage, question.belt),
    ]);
    return {
      meta: metaOf(vintage),
      grain: question.grain,
      measure: question.measure,
      unit: UNIT_OF_MEASURE[question.measure],
      beltId: question.belt ?? null,
      lines: tracks.map((track) => ({ track, points: points(track) })),
    };
  }

  private async byMonth(
    vintage: Vintage,
    question: SeriesQuestion,
    tracks: Track[],
  ): Promise<(track: Track) => SeriesPoint[]> {
    const clipped = clippedMonth(vintage.loaded);
    const rows = await this.clickhouse.ask(vintage.scope, queries.seriesByMonth, {
      ...asked(vintage, question, tracks),
      from: firstDayOf(addMonths(question.from, -12)),
      to: firstDayOf(question.to),
      clipped_month: clipped?.month ?? NEVER,
      clipped_day: clipped?.lastDay ?? NEVER,
    });
    return (track) => {
      const ofTrack = rows.filter((row) => row.track === track);
      const whole = new Map<Day, Found>(
        ofTrack.filter((row) => !row.clipped).map((row) => [row.bucket, row]),
      );
      const part = ofTrack.find((row) => row.clipped) ?? null;
      return monthPoints(question, { whole, clipped: part }, vintage.loaded, this.config.BELTLINE_MIN_BASE);
    };
  }

  private async byDay(
    vintage: Vintage,
    question: SeriesQuestion,
    tracks: Track[],
  ): Promise<(track: Track) => SeriesPoint[]> {
    const rows = await this.clickhouse.ask(vintage.scope, queries.seriesByDay, {
      ...asked(vintage, question, tracks),
      from: firstDayOf(addMonths(question.from, -12)),
      to: lastDayOf(question.to),
    });
    return (track) => {
      const ofTrack = new Map<Day, Found>(
        rows.filter((row) => row.track === track).map((row) => [row.bucket, row]),
      );
      return dayPoints(question, ofTrack, vintage.loaded, this.config.BELTLINE_MIN_BASE);
    };
  }
}

const asked = (vintage: Vintage, { belt, measure }: SeriesQuestion, tracks: Track[]) => ({
  data_version: vintage.dataVersion,
  belt: belt ?? '',
  measure,
  tracks,
  track_bits: tracks.map((track) => TRACK_BIT[track]),
});

/** @throws ProblemError where nothing of the period is loaded, there are too many points, or the nation may not be seen. */
function assertAnswerable({ from, to, grain, belt }: SeriesQuestion, { loaded, scope }: Vintage): void {
  if (belt === undefined && scope.belts !== 'everything')
    throw notFound('The nation as a whole is not among what you may see.');
  const [first, last] = [monthOf(loaded.firstDay), monthOf(loaded.dataThrough)];
  const message = `outside the loaded data, which reaches from ${first} to ${last}`;
  if (from > last) throw invalidRequest({ field: 'from', message });
  if (to < first) throw invalidRequest({ field: 'to', message });
  if (to >= addMonths(from, MAX_MONTHS)) {
    throw invalidRequest({ field: 'to', message: `more than ${MAX_MONTHS} months after from` });
  }
  if (grain === 'day' && daysThrough(firstDayOf(from), lastDayOf(to)) > MAX_DAYS) {
    throw invalidRequest({ field: 'to', message: `more than ${MAX_DAYS} days after from; ask by month` });
  }
}
