/** On which days do the engine's table of time zones and the program's disagree? */
import type { ClickHouseClient } from '@beltline/sql/engine';

/** Minutes about a change of the clocks that are looked at: no clock was ever put by more than a day. */
const ABOUT = `range(60 * 29)`;

/**
 * Days, as both name them, on which the two have different days for one moment. Looked at minute by minute about each change of the
 * zone's clocks from a year to another; between changes neither has a reason to be wrong.
 */
export async function disputedDays(
  client: ClickHouseClient,
  zone: string,
  [from, to]: readonly [number, number],
): Promise<string[]> {
  const result = await client.query({
    query: `
      WITH steps AS
      (
          SELECT toUInt32(toUnixTimestamp(makeDateTime({from:UInt16}, 1, 1, 0, 0, 0, 'UTC')) + 21600 * number) AS at
          FROM numbers(toUInt64(({to:UInt16} - {from:UInt16}) * 365.25 * 4))
          WHERE timezoneOffset(toDateTime(at, {zone:String})) != timezoneOffset(toDateTime(at + 21600, {zone:String}))
      )
      SELECT DISTINCT arrayJoin(arrayMap(minute -> at - 7200 + 60 * minute, ${ABOUT})) AS moment,
          toString(toDate(toDateTime(moment, {zone:String}), {zone:String})) AS day
      FROM steps
      WHERE toHour(toDateTime(moment, {zone:String}), {zone:String}) IN (0, 1, 2, 22, 23)`,
    query_params: { zone, from, to },
    format: 'JSONCompactEachRow',
  });
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const rows = await result.json<[number, string]>();
  return [
    ...new Set(
      rows
        .filter(([at, day]) => days.format(at * 1000) !== day)
        .map(([at, day]) => `${day} ${days.format(at * 1000)}`),
    ),
  ];
}
