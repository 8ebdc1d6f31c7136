import type { Locale } from '../i18n/locale.ts';

/** Calendar months and days come as text (`YYYY-MM`, `YYYY-MM-DD`) and are never shifted by a time zone. */
export interface DateFormat {
  month(month: string): string;
  /** A run of months, without saying the year twice. */
  months(from: string, to: string): string;
  /** The first to the last of some months, in whatever order they come; a dash for none. */
  span(months: readonly string[]): string;
  day(day: string): string;
  /** A short day for axes. */
  shortDay(day: string): string;
  /** An instant, in the time zone of the source. */
  instant(instant: string, timeZone?: string): string;
}

const asUtc = (text: string) => new Date(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`);

export function createDateFormat(locale: Locale): DateFormat {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...options });
  const month = of({ year: 'numeric', month: locale === 'en' ? 'short' : 'long' });
  const monthAlone = of({ month: locale === 'en' ? 'short' : 'numeric' });
  const day = of({ year: 'numeric', month: 'short', day: 'numeric' });
  const shortDay = of({ month: 'numeric', day: 'numeric' });
  const formatMonth = (text: string) => month.format(asUtc(text));
  const formatMonths = (from: string, to: string) => {
    if (from === to) return formatMonth(from);
    if (from.slice(0, 4) !== to.slice(0, 4)) return `${formatMonth(from)} – ${formatMonth(to)}`;
    return locale === 'en'
      ? `${monthAlone.format(asUtc(from))} – ${formatMonth(to)}`
      : `${formatMonth(from)} – ${monthAlone.format(asUtc(to))}`;
  };
  return {
    month: formatMonth,
    months: formatMonths,
    span(months) {
      const [first, ...others] = [...months].sort();
      return first === undefined ? '–' : formatMonths(first, others.at(-1) ?? first);
    },
    day: (text) => day.format(asUtc(text)),
    shortDay: (text) => shortDay.format(asUtc(text)),
    instant: (text, timeZone) =>
      of({
        timeZone: timeZone ?? 'Asia/Shanghai',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
      }).format(new Date(text)),
  };
}
