import { isAbsolute, normalize } from 'node:path';
import { isTimeZone } from '@beltline/sql/settings';
import { z } from 'zod';
import { TEXT_ENCODINGS } from './definition.ts';
import { areAmbiguous, numberFormat, timeFormat } from './formats.ts';

const file = z
  .string()
  .min(1)
  .refine(
    (path) => !isAbsolute(path) && !normalize(path).startsWith('..'),
    "expected a file in the source's folder",
  );

const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone, such as Asia/Shanghai');

const RESERVED_COLUMNS = ['_file_no', '_line', '_raw', '_kind', '_fields', '_text'];

/**
 * Names of columns: letters of any script, because exports of Chinese systems head their columns in Chinese. No dot,
 * which ClickHouse takes for a nested column, and none of the names that landing itself gives.
 */
export const columnName = z
  .string()
  .regex(
    /^[\p{L}_](?:[\p{L}\p{N}_ /()（）-]{0,98}[\p{L}\p{N}_)）])?$/u,
    'expected a column name: it begins with a letter, then letters, digits, _, space, - / ( )',
  )
  .refine((name) => !RESERVED_COLUMNS.includes(name), `the names ${RESERVED_COLUMNS.join(', ')} are taken`);

/** Of one table. */
export const MOST_COLUMNS = 1000;

const empty = z.array(z.string().min(1).max(40)).min(1).max(20).optional();

/** One format, or several that are tried in their order; such as could read one text as two days are no pair. */
const timeFormats = (hasTime: boolean) =>
  z
    .union([z.string(), z.array(z.string()).min(1).max(8)])
    .transform((given) => [given].flat())
    .superRefine((texts, context) => {
      const refuse = (message: string) => context.addIssue({ code: 'custom', message });
      const formats = texts.flatMap((text) => {
        const format = timeFormat(text, hasTime);
        if (typeof format !== 'string') return [{ text, format }];
        refuse(
          `${text} is no format of a ${hasTime ? 'time' : 'day'}, such as d/m/yyyy${hasTime ? ' h:mm' : ''}: ${format}`,
        );
        return [];
      });
      const [first, ...others] = formats;
      const other = first && others.find(({ format }) => areAmbiguous(first.format, format));
      if (first && other)
        refuse(
          `${first.text} and ${other.text} would read one text (1/2/2024) as two days; a column has one order`,
        );
    });

const columnFormat = z.union(
  [
    z.strictObject({
      number: z
        .string()
        .refine(
          (text) => numberFormat(text) !== null,
          'expected the number 1234.56 or 1234 as the column would write it, such as 1.234,56 or ¥1,234.56',
        ),
      empty,
    }),
    z.strictObject({ day: timeFormats(false), empty }),
    z.strictObject({ time: timeFormats(true), zone: timeZone.optional(), empty }),
  ],
  'expected { number: … }, { day: … } or { time: …, zone: … }',
);

const table = z
  .strictObject({
    table: z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{0,62}$/,
        'expected at most 63 lower-case letters, digits and _, beginning with a letter',
      )
      .refine(
        (name) => !name.includes('__') && name !== 'landing_faults',
        'this name is taken: no __, not landing_faults',
      ),
    role: z.enum(['facts', 'lookup']),
    match: z
      .string()
      .min(1)
      .refine((glob) => !/[/\\]/.test(glob), 'expected a glob on the base name, without / or \\'),
    optional: z.boolean().default(false),
    format: z.enum(['csv', 'tsv', 'jsonl', 'parquet', 'xlsx']),
    sheet: z.string().min(1).max(31, 'a sheet has a name of at most 31 characters').optional(),
    headerRow: z.number().int().min(1).max(200).optional(),
    encoding: z.enum(TEXT_ENCODINGS).default('utf-8'),
    delimiter: z
      .string()
      .regex(/^[\t !#-/:-@[-`{-~]$/, 'expected one ASCII character that is no letter, digit or double quote')
      .optional(),
    columns: z.array(columnName).min(1).max(MOST_COLUMNS),
    header: z.enum(['exact', 'any-order', 'with-others']).optional(),
    formats: z.record(z.string(), columnFormat).optional(),
    file: file.optional(),
  })
  .superRefine((value, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const seen = new Set<string>();
    value.columns.forEach((name, index) => {
      if (seen.has(name)) refuse(['columns', index], `the column ${name} stands here twice`);
      seen.add(name);
    });
    for (const name of Object.keys(value.formats ?? {}))
      if (!seen.has(name)) refuse(['formats', name], 'the table has no such column');
    if (value.delimiter !== undefined && value.format !== 'csv')
      refuse(['delimiter'], 'only CSV has a choice of delimiter');
    if (value.encoding !== 'utf-8' && (value.format === 'parquet' || value.format === 'xlsx'))
      refuse(['encoding'], `${value.format === 'parquet' ? 'Parquet' : 'a workbook'} is always utf-8`);
    if (value.header !== undefined && (value.format === 'parquet' || value.format === 'jsonl'))
      refuse(['header'], 'JSON lines and Parquet have no header; their keys are found by name');
    for (const key of ['sheet', 'headerRow'] as const)
      if (value[key] !== undefined && value.format !== 'xlsx')
        refuse([key], 'only a workbook (xlsx) has one');
  })
  .transform((value) => ({ ...value, delimiter: value.delimiter ?? (value.format === 'tsv' ? '\t' : ',') }));

/** Beside blanks and what only lays out, joins or fills: without one a name is a blank in menus. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Stands in menus and titles: one line, as long as a name can be, with something to see. */
const shownName = z
  .string()
  .trim()
  .min(1)
  .max(80, 'expected a name of at most 80 characters')
  .regex(
    /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u,
    'expected one line without control characters',
  )
  .regex(VISIBLE, 'expected a name that can be seen, and not invisible characters alone');

export const sourceId = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,31}$/,
    'expected at most 32 lower-case letters, digits, - and _, beginning with a letter',
  );

/** Schema of `source.yaml`: strict, so that a misspelt key is refused and not ignored. */
export function sourceSchema(defaultTimeZone: string) {
  return z
    .strictObject({
      id: sourceId,
      name: z.strictObject({ zh: shownName, en: shownName }),
      currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code, such as CNY'),
      timeZone,
      businessTimeZone: timeZone.default(defaultTimeZone),
      homeCountry: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code of two letters, such as CN'),
      maxRejectedShare: z.number().min(0).max(1).default(0.01),
      mode: z.enum(['changes', 'full']).default('changes'),
      order: z.enum(['updated_at', 'load']).optional(),
      unknown: z
        .array(z.enum(['buyer', 'sku']))
        .min(1)
        .refine((names) => new Set(names).size === names.length, 'it stands here twice')
        .optional(),
      maxWithdrawnShare: z.number().min(0).max(1).default(0.1),
      tables: z.array(table).min(1),
      select: z.strictObject({ orderLines: file, merchants: file, memberships: file, belts: file }),
    })
    .superRefine(({ tables }, context) => {
      const facts = tables.filter(({ role }) => role === 'facts').length;
      if (facts !== 1) {
        context.addIssue({
          code: 'custom',
          path: ['tables'],
          message: `expected exactly one table with role: facts, found ${facts}`,
        });
      }
      const seen = new Set<string>();
      tables.forEach(({ table: name }, index) => {
        if (seen.has(name))
          context.addIssue({
            code: 'custom',
            path: ['tables', index, 'table'],
            message: `${name} stands here twice`,
          });
        seen.add(name);
      });
    });
}
