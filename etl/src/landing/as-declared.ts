/**
 * Values whose columns declare how they are written (`formats` in `source.yaml`), as SQL: the text that the model reads, or nothing
 * where a value is written otherwise. It looks at the text alone, as every rule does, so nothing is rounded or guessed.
 */
import type { ColumnFormat, NumberFormat, TimeFormat } from '../source/formats.ts';
import { numberFormat, timeFormat } from '../source/formats.ts';
import { identifier, literal } from './sql-text.ts';
import { landingPart } from './statements.ts';

/** Blanks as spreadsheets set them between thousands: usual, unbreakable, narrow. */
const BLANKS = ' \u00a0\u202f';
const AROUND = '[\\s\u00a0\u202f\u3000]*';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A regular expression (RE2) of a whole number that is written so; its groups: see parts/written-as-number.sql. */
export function numberPattern({ prefix, thousands, decimal, suffix }: NumberFormat): string {
  const between = BLANKS.includes(thousands) ? BLANKS : /['’]/.test(thousands) ? "'’" : thousands;
  const whole = thousands === '' ? '[0-9]+' : `[0-9]{1,3}(?:[${escaped(between)}][0-9]{3})+|[0-9]+`;
  const sign = (text: string): string => (text === '' ? '' : `(?:${escaped(text)}${AROUND})?`);
  return (
    `^${AROUND}([-−+(]?)${AROUND}${sign(prefix)}([-−]?)(${whole})` +
    `${decimal === '' ? '()' : `(?:${escaped(decimal)}([0-9]+))?`}${AROUND}${sign(suffix)}([-−)]?)${AROUND}$`
  );
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec';

/** SQL of a column's value as the model reads it; NULL where it is not written as declared. */
export function asDeclared(column: string, format: ColumnFormat): string {
  const value = landingPart('trimmed', { column: identifier(column) });
  const nothing = ['', ...(format.empty ?? [])].map(literal).join(', ');
  return landingPart('as-declared', { value, nothing, ways: waysOf(value, format).join(',\n') });
}

function waysOf(value: string, format: ColumnFormat): string[] {
  if ('number' in format) {
    const pattern = literal(numberPattern(known(numberFormat(format.number))));
    return [landingPart('written-as-number', { value, pattern })];
  }
  const [texts, hasTime, zone] =
    'day' in format ? [format.day, false, undefined] : [format.time, true, format.zone];
  return texts.map((text) => writtenAsTime(value, known(timeFormat(text, hasTime)), hasTime, zone));
}

/** What the schema has let pass is a format. */
function known<T>(format: T | string | null): T {
  if (format === null || typeof format === 'string') throw new Error(`no format: ${format}`);
  return format;
}

function writtenAsTime(
  value: string,
  { pattern, groups, hasShortYear }: TimeFormat,
  hasTime: boolean,
  zone: string | undefined,
): string {
  const group = (part: keyof typeof groups): string => `part[${groups[part] ?? 0}]`;
  const two = (text: string): string => landingPart('two-digits', { text });
  const year = hasShortYear ? `concat('20', ${group('year')})` : group('year');
  const month =
    groups.monthName === undefined
      ? group('month')
      : landingPart('month-of-name', { name: group('monthName'), months: literal(MONTHS) });
  const hour =
    groups.half === undefined
      ? group('hour')
      : landingPart('hour-of-half', { hour: group('hour'), half: group('half') });
  const clock = [
    groups.hour === undefined ? "'00'" : two(hour),
    groups.minute === undefined ? "'00'" : two(group('minute')),
    groups.second === undefined ? "'00'" : two(group('second')),
  ];
  const fraction = groups.fraction === undefined ? "''" : `concat('.', ${group('fraction')})`;
  const isSkipped = zone === undefined ? 'false' : landingPart('is-skipped', { zone: literal(zone) });
  const made =
    zone === undefined
      ? landingPart('time-as-it-is', { fraction })
      : landingPart('time-of-zone', { zone: literal(zone), fraction });
  return landingPart('written-as-time', {
    value,
    pattern: literal(`^${AROUND}${pattern.slice(1, -1)}${AROUND}$`),
    day: `concat(${year}, '-', ${two(month)}, '-', ${two(group('day'))})`,
    clock: `concat(${clock.join(", ':', ")})`,
    is_skipped: isSkipped,
    made: hasTime ? made : 'day',
  });
}
