/**
 * Public holidays of China and the weekend days that are worked for them (调休), as the General Office of the State Council announced
 * them. Published facts; `notice` is the number of the notice of each year (国务院办公厅关于 … 年部分节假日安排的通知, gov.cn). A year
 * that is not here has not been announced or was not read.
 */
import { addDays, type Day, daysThrough } from './calendar.ts';

export type HolidayName =
  'new-year' | 'spring-festival' | 'qingming' | 'labour' | 'dragon-boat' | 'mid-autumn' | 'national';

/** Days off in a row, first and last counted. */
export interface HolidayRun {
  readonly name: HolidayName;
  readonly from: Day;
  readonly to: Day;
}

export interface HolidayYear {
  readonly notice: string;
  readonly runs: readonly HolidayRun[];
  /** Saturdays and Sundays that are working days. */
  readonly makeUpDays: readonly Day[];
}

/** year | notice | runs `name from/to`, MM-DD or a whole date | make-up days. Mid-autumn inside the national holiday is part of that. */
const TABLE = `
2019 | 国办发明电〔2018〕15号; 国办发明电〔2019〕3号 | new-year 2018-12-30/01-01 spring-festival 02-04/02-10 qingming 04-05/04-05 labour 05-01/05-04 dragon-boat 06-07/06-07 mid-autumn 09-13/09-13 national 10-01/10-07 | 2018-12-29 02-02 02-03 04-28 05-05 09-29 10-12
2020 | 国办发明电〔2019〕16号; 国办发明电〔2020〕1号 | new-year 01-01/01-01 spring-festival 01-24/02-02 qingming 04-04/04-06 labour 05-01/05-05 dragon-boat 06-25/06-27 national 10-01/10-08 | 01-19 04-26 05-09 06-28 09-27 10-10
2021 | 国办发明电〔2020〕27号 | new-year 01-01/01-03 spring-festival 02-11/02-17 qingming 04-03/04-05 labour 05-01/05-05 dragon-boat 06-12/06-14 mid-autumn 09-19/09-21 national 10-01/10-07 | 02-07 02-20 04-25 05-08 09-18 09-26 10-09
2022 | 国办发明电〔2021〕11号 | new-year 01-01/01-03 spring-festival 01-31/02-06 qingming 04-03/04-05 labour 04-30/05-04 dragon-boat 06-03/06-05 mid-autumn 09-10/09-12 national 10-01/10-07 | 01-29 01-30 04-02 04-24 05-07 10-08 10-09
2023 | 国办发明电〔2022〕16号 | new-year 2022-12-31/01-02 spring-festival 01-21/01-27 qingming 04-05/04-05 labour 04-29/05-03 dragon-boat 06-22/06-24 national 09-29/10-06 | 01-28 01-29 04-23 05-06 06-25 10-07 10-08
2024 | 国办发明电〔2023〕7号 | new-year 01-01/01-01 spring-festival 02-10/02-17 qingming 04-04/04-06 labour 05-01/05-05 dragon-boat 06-10/06-10 mid-autumn 09-15/09-17 national 10-01/10-07 | 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12
2025 | 国办发明电〔2024〕12号 | new-year 01-01/01-01 spring-festival 01-28/02-04 qingming 04-04/04-06 labour 05-01/05-05 dragon-boat 05-31/06-02 national 10-01/10-08 | 01-26 02-08 04-27 09-28 10-11
2026 | 国办发明电〔2025〕7号 | new-year 01-01/01-03 spring-festival 02-15/02-23 qingming 04-04/04-06 labour 05-01/05-05 dragon-boat 06-19/06-21 mid-autumn 09-25/09-27 national 10-01/10-07 | 01-04 02-14 02-28 05-09 09-20 10-10
`;

function yearFrom(line: string): [number, HolidayYear] {
  const [year = '', notice = '', runs = '', makeUpDays = ''] = line.split(' | ');
  const whole = (day: string) => (day.length === 5 ? `${year}-${day}` : day);
  const words = runs.split(' ');
  return [
    Number(year),
    {
      notice,
      runs: words.flatMap((name, index) => {
        if (index % 2 === 1) return [];
        const [from = '', to = ''] = (words[index + 1] ?? '').split('/');
        return [{ name: name as HolidayName, from: whole(from), to: whole(to) }];
      }),
      makeUpDays: makeUpDays.split(' ').map(whole),
    },
  ];
}

/** The announced years, each with its runs of days off in order. */
export const PUBLIC_HOLIDAYS: ReadonlyMap<number, HolidayYear> = new Map(
  TABLE.trim().split('\n').map(yearFrom),
);

const years = [...PUBLIC_HOLIDAYS.values()];
const OFF = new Map<Day, HolidayName>(
  years.flatMap(({ runs }) =>
    runs.flatMap(({ name, from, to }) =>
      Array.from({ length: daysThrough(from, to) }, (_, index) => [addDays(from, index), name] as const),
    ),
  ),
);
const WORKED: ReadonlySet<Day> = new Set(years.flatMap(({ makeUpDays }) => makeUpDays));

/** The holiday that a day is part of; undefined where it is none, or of a year that is not in the table. */
export const holidayOn = (day: Day): HolidayName | undefined => OFF.get(day);

/** Whether a Saturday or Sunday is a working day (调休上班). */
export const isMakeUpDay = (day: Day): boolean => WORKED.has(day);
