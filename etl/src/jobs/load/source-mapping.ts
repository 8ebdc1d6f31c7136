/** The SELECTs of a source: read, checked against the canonical model, and made part of the load's statements. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadPart } from '@beltline/sql/clickhouse';
import { z } from 'zod';
import { readSmallText, type SourceDefinition } from '../../source/index.ts';
import { identifier } from '../../landing/index.ts';
import { MAPPED_COLUMNS, type MappedModel, OPTIONAL_COLUMNS } from './canonical-model.ts';
import { refuseUnknownZones } from './clock-changes.ts';
import { MappingFault } from './load-error.ts';
import type { LoadSession } from './load-session.ts';
import { mappingFaults } from './mapping-guard.ts';
import { checkLimits, engineComplaint } from './mapping-limits.ts';

/** The text of each SELECT, without a closing semicolon. */
export type SourceMapping = Readonly<Record<MappedModel, string>>;

const MODELS = Object.keys(MAPPED_COLUMNS) as MappedModel[];

export function readMapping(source: SourceDefinition): SourceMapping {
  const read = (model: MappedModel): string => {
    const file = join(source.folder, source.select[model]);
    const text = textOf(file).trim().replace(/;+$/, '').trim();
    if (text === '') throw new MappingFault(`${file} is empty; it must hold one SELECT.`);
    // On lines of its own: a comment at the end must not swallow the parenthesis that follows.
    return `\n${text}\n`;
  };
  return Object.fromEntries(MODELS.map((model) => [model, read(model)])) as SourceMapping;
}

/** The engine gets a SELECT to format as part of an address, and an address has a length. */
const MOST_BYTES = 200_000;

function textOf(file: string): string {
  try {
    return readSmallText(file, MOST_BYTES);
  } catch (cause) {
    throw new MappingFault(`${file} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

/**
 * Identifies under what a file is read: the source's declarations and SELECTs, and the lookups beside it. The same facts
 * under other lookups are worth reading again, since a merchant that was unknown may be known now.
 */
export function mappingFingerprint(
  source: SourceDefinition,
  mapping: SourceMapping,
  lookups: readonly { table: string; sha256: string }[],
): string {
  const { folder: _, ...declared } = source;
  const files = lookups.map(({ table, sha256 }) => `${table}:${sha256}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([declared, mapping, files, MAPPED_COLUMNS]))
    .digest('hex');
}

/**
 * Identifies what a source makes of a record: its SELECT of order lines, and what its files and values are read by. Names
 * for people and of files, limits, lookups and what may be unknown do not belong to it.
 */
export function linesFingerprint(source: SourceDefinition, mapping: SourceMapping): string {
  const { tables, timeZone, businessTimeZone, currency, homeCountry } = source;
  const order = source.order === 'load' ? ['order: load'] : [];
  const facts = tables
    .filter(({ role }) => role === 'facts')
    .map(({ table, format, encoding, delimiter, columns, sheet, headerRow, formats }) => [
      ...[table, format, encoding, delimiter, columns],
      ...(format === 'xlsx' ? [sheet ?? null, headerRow ?? 1] : []),
      ...(formats === undefined ? [] : [formats]),
    ]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        facts,
        timeZone,
        businessTimeZone,
        currency,
        homeCountry,
        mapping.orderLines,
        ...order,
      ]),
    )
    .digest('hex');
}

const described = z.object({ name: z.string(), type: z.string() });

/** Names of the columns that each SELECT returns. */
export type MappedNames = Readonly<Record<MappedModel, readonly string[]>>;

/**
 * Asks the engine which columns each SELECT returns.
 * @throws MappingFault that names the file and every column that is missing, unknown or not text; LoadRefusedError for a time zone.
 */
export async function checkMapping(
  session: LoadSession,
  source: SourceDefinition,
  mapping: SourceMapping,
): Promise<MappedNames> {
  const { timeZone, businessTimeZone } = source;
  await refuseUnknownZones(session, { timeZone, businessTimeZone, ...zonesOfFormats(source) });
  // Views are made meanwhile: none may still be on its way when the database is dropped.
  const checked = await session.together(
    MODELS.map((model) => async () => ({ model, ...(await checkModel(session, source, mapping, model)) })),
  );
  const complaints = checked.flatMap((found) => found.complaints);
  if (complaints.length > 0) {
    await assertFit(session, source);
    throw new MappingFault(
      `The SELECTs of the source ${source.id} do not fit the canonical model:\n${complaints.join('\n')}`,
    );
  }
  return Object.fromEntries(checked.map(({ model, names }) => [model, names])) as MappedNames;
}

/** Zones that columns name for their own times, by what names them. */
function zonesOfFormats({ tables }: SourceDefinition): Record<string, string> {
  return Object.fromEntries(
    tables.flatMap(({ table, formats = {} }) =>
      Object.entries(formats).flatMap(([column, format]) =>
        'zone' in format && format.zone !== undefined
          ? [[`the format of ${column} in ${table}`, format.zone]]
          : [],
      ),
    ),
  );
}

/**
 * Has the engine answer what is right for certain: one that is about to fail may refuse a SELECT in words of its own.
 * @throws what the engine says, which is then what failed.
 */
async function assertFit(session: LoadSession, { tables, timeZone }: SourceDefinition): Promise<void> {
  for (const { table } of tables) {
    const mapping = loadPart('whole-table', { table: identifier(table) });
    await session.rows('describe-mapping', described, { fill: { mapping, limits: checkLimits(timeZone) } });
  }
}

interface CheckedModel {
  readonly names: readonly string[];
  readonly complaints: readonly string[];
}

async function checkModel(
  session: LoadSession,
  source: SourceDefinition,
  mapping: SourceMapping,
  model: MappedModel,
): Promise<CheckedModel> {
  const file = join(source.folder, source.select[model]);
  const faults = await mappingFaults(session, model, mapping[model], source);
  if (faults.length > 0) return { names: [], complaints: faults.map((fault) => `- ${file}: ${fault}`) };
  let columns: z.output<typeof described>[];
  try {
    columns = await session.rows('describe-mapping', described, {
      fill: { mapping: mapping[model], limits: checkLimits(source.timeZone) },
    });
  } catch (error) {
    return { names: [], complaints: [`- ${file}: ${engineComplaint(error)}`] };
  }
  const expected: readonly string[] = MAPPED_COLUMNS[model];
  const positions = ['_file_no', '_line'];
  const optional: readonly string[] = model === 'orderLines' ? OPTIONAL_COLUMNS : positions;
  const missing = expected.filter((name) => !columns.some((column) => column.name === name));
  const unknown = columns.filter(({ name }) => !expected.includes(name) && !optional.includes(name));
  const twice = columns.filter(({ name }, at) => columns.findIndex((column) => column.name === name) < at);
  const noPlace = columns.filter(({ name, type }) => PLACES[name]?.test(type) === false);
  const noText = columns.filter(
    ({ name, type }) =>
      (expected.includes(name) || optional.includes(name)) && !positions.includes(name) && !isText(type),
  );
  const complaints = [
    ...missing.map((name) => `- ${file}: the column ${name} is missing`),
    ...unknown.map(
      ({ name }) =>
        `- ${file}: ${name} is no column of the model; it has ${expected.join(', ')}${model === 'orderLines' ? `, and may have ${optional.join(', ')}` : ''}`,
    ),
    // Which of the two would be taken is the engine's choice.
    ...twice.map(({ name }) => `- ${file}: the column ${name} is given twice`),
    ...noPlace.map(
      ({ name, type }) =>
        `- ${file}: the column ${name} must be that of a table of the source, or 0 (a whole number), not ${type}`,
    ),
    ...noText.map(
      ({ name, type }) =>
        `- ${file}: the column ${name} must be text (String), not ${type}; the checks need what was written`,
    ),
  ];
  return { names: columns.map(({ name }) => name), complaints };
}

/** Types of the positions; a wider number would be cut to another file's. */
const PLACES: Readonly<Record<string, RegExp>> = {
  _file_no: /^(Nullable\()?UInt(8|16)\)?$/,
  _line: /^(Nullable\()?UInt(8|16|32|64)\)?$/,
};

function isText(type: string): boolean {
  return /^(LowCardinality\()?(Nullable\()?String\)*$/.test(type);
}

/** Text columns of a lookup's SELECT, with positions where the SELECT gives none. */
export function lookupColumns(model: MappedModel, given: readonly string[]): string {
  const positions = ['_file_no', '_line'].map((name) => (given.includes(name) ? name : `0 AS ${name}`));
  return [...positions, ...MAPPED_COLUMNS[model].map((name) => `ifNull(${name}, '') AS ${name}`)].join(', ');
}
