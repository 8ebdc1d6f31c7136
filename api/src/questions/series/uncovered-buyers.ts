import type { BriefFigure, Track } from '@beltline/contract';
import { queries } from '@beltline/sql/clickhouse';
import { known } from '../../core/brief-figure.ts';
import { firstDayOf, monthsThrough } from '../../core/calendar.ts';
import { TRACK_BIT } from '../../core/tracks.ts';
import type { MonthSumsService } from '../../data/sums/month-sums.service.ts';
import { partOf } from '../../data/sums/unknown-buyers.ts';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { parametersOf, type SeriesContext } from './series-context.ts';

/** Which part of the GMV of all months asked for a count of buyers does not cover, by track; null where it covers all. @throws EngineError */
export async function uncoveredBuyers(
  clickhouse: ClickHouseService,
  monthSums: MonthSumsService,
  asked: SeriesContext,
): Promise<((track: Track) => BriefFigure) | null> {
  const { vintage, question, tracks, area } = asked;
  if (question.measure !== 'buyers') return null;
  const [from, to] = [firstDayOf(question.from), firstDayOf(question.to)];
  const rows = await clickhouse.ask(vintage.scope, queries.unknownBuyers, {
    ...parametersOf(asked),
    ...{ months: monthsThrough(question.from, question.to).map(firstDayOf), baseline_months: [] },
    by_belt: 0,
  });
  if (rows.length === 0) return null;
  const sums = await monthSums.of(vintage);
  const sold = await sums.byMonth(vintage.scope, { tracks, from, to }, area);
  return (track) => {
    const unknown = rows.find((row) => row.track_bit === TRACK_BIT[track])?.unknown_gmv ?? 0;
    const own = sold.filter((row) => row.track === track && row.bucket >= from && row.bucket <= to);
    const whole = own.reduce((sum, { gmv }) => sum + gmv, 0);
    return known(partOf(unknown, whole), 'baseline-zero');
  };
}
