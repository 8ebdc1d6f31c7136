/**
 * A source's folder from one of its files: what can be seen is guessed, and what cannot is said. It is a draft for a person
 * to finish, that loads as it is where the file is a plain table of orders.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { draftedSelect } from '@beltline/sql/clickhouse';
import { makeFolder, namingPath } from '@beltline/sql/engine';
import { shownText } from '../files/index.ts';
import { readSource, sourceId, SourceFault } from '../source/index.ts';
import { type Field, recogniseColumns } from './field-names.ts';
import { type DraftedLookups, draftLookups, type LookupFile } from './lookups.ts';
import { Columns, type Draft, draftOrderLines } from './order-lines.ts';
import { readSample, type Sample } from './sample.ts';
import { translate, VOCABULARY } from './words.ts';

export interface DraftedSource {
  /** Which column holds which field. */
  readonly found: ReadonlyMap<Field, string>;
  readonly unused: readonly string[];
  /** What a person has to look at first, and what was guessed. */
  readonly open: readonly string[];
  readonly guessed: readonly string[];
}

export interface DraftOptions {
  readonly id: string;
  readonly from: string;
  /** Where the folder is made; it must not be there. */
  readonly folder: string;
  readonly timeZone: string;
}

const HOME_COUNTRY = 'CN';

/**
 * Makes the folder, whole or not at all, and never over one that is there.
 * @throws SourceFault where it is there, or its name cannot be a source's; FileFault where the file is no table of text.
 */
export async function draftSource({ id, from, folder, timeZone }: DraftOptions): Promise<DraftedSource> {
  const wrong = sourceId.safeParse(id).error?.issues[0]?.message;
  if (wrong !== undefined) throw new SourceFault(`${id} cannot be the name of a source: ${wrong}.`);
  const sample = await readSample(from);
  const found = recogniseColumns(sample.columns);
  const columns = new Columns(sample, found);
  const lookups = draftLookups(columns, id);
  const currency = currencyOf(columns);
  const lines = draftOrderLines(columns, lookups.merchant, { id, currency, homeCountry: HOME_COUNTRY });
  const yaml = sourceYaml({
    id,
    from,
    timeZone,
    currency,
    sample,
    lookups,
    formats: formatsOf(lines),
    lacking: lackingOf(lines),
  });
  writeWhole(folder, {
    'source.yaml': yaml,
    'order-lines.sql': orderLinesSql(lines, sample, found),
    ...Object.fromEntries(Object.entries(lookups.selects).map(([name, text]) => [`${name}.sql`, text])),
    ...Object.fromEntries(lookups.files.map((file) => [`${file.table}.csv`, csv(file)])),
  });
  const notes = Object.entries(lines).flatMap(([field, { note, isOpen }]) =>
    note === null ? [] : [{ text: `${field}: ${note}`, isOpen: isOpen ?? false }],
  );
  return {
    found,
    unused: sample.columns.filter((name) => ![...found.values()].includes(name)),
    open: [...notes.filter(({ isOpen }) => isOpen).map(({ text }) => text), ...lookups.notes],
    guessed: notes.filter(({ isOpen }) => !isOpen).map(({ text }) => text),
  };
}

/** The one that most rows have, of those that are known; orders in another are rejected. */
function currencyOf(columns: Columns): string {
  if (!columns.has('currency')) return 'CNY';
  const { known } = translate(columns.values('currency'), VOCABULARY.currency);
  const counts = new Map<string, number>();
  for (const written of columns.values('currency')) {
    const code = known.get(written) ?? written.trim().toUpperCase();
    if (/^[A-Z]{3}$/.test(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'CNY';
}

/** A glob that fits the files of other days as well: what is a number in the name may be another one. */
function matchOf(path: string): string {
  const name = basename(path).replace(/\.(gz|zst)$/i, '');
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length).replaceAll(/[{}*?[\]\\]/g, '?');
  // A name of digits alone, however they are parted, would fit any file.
  const glob = /^[\d _.-]+$/.test(stem) ? '?'.repeat(stem.length) : stem.replaceAll(/\d+([-_.]?\d+)*/g, '*');
  return `${glob}${extension}*`;
}

const flow = (names: readonly string[]): string =>
  `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;

interface YamlParts {
  readonly id: string;
  readonly from: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly sample: Sample;
  readonly lookups: DraftedLookups;
  /** Lines of the table's `formats`, each with its line end; '' where no column needs one. */
  readonly formats: string;
  /** What is not known of every line. */
  readonly lacking: readonly string[];
}

const lackingOf = (lines: Draft): string[] => Object.values(lines).flatMap(({ lacks }) => lacks ?? []);

/** How columns are written, as `source.yaml` declares it. */
function formatsOf(lines: Draft): string {
  const declared = new Map(
    Object.values(lines).flatMap(({ format }) => (format ? [[format.column, format.is] as const] : [])),
  );
  if (declared.size === 0) return '';
  const rows = [...declared].map(
    ([column, is]) => `      ${JSON.stringify(column)}: ${JSON.stringify(is)}\n`,
  );
  return `    formats: # how values are written: guessed; a value that is not written so is a rejected row\n${rows.join('')}`;
}

function sourceYaml(parts: YamlParts): string {
  const { id, from, timeZone, currency, sample, lookups, formats, lacking } = parts;
  const lookup = ({ table, columns }: LookupFile): string =>
    `  - table: ${table}\n    role: lookup\n    match: ${table}.csv\n    file: ${table}.csv # beside this file; used where no given file matches\n` +
    `    format: csv\n    columns: ${flow(columns)}\n`;
  return `# Drafted from ${JSON.stringify(basename(from))}. Look through it, then: check, load (docs/sources.md).
id: ${JSON.stringify(id)}
name: { zh: ${JSON.stringify(id)}, en: ${JSON.stringify(id)} } # as the dashboard shows it
currency: ${currency} # of every amount
timeZone: ${timeZone} # of times that carry no offset: guessed
homeCountry: ${HOME_COUNTRY} # an order that goes elsewhere is cross-border
maxRejectedShare: 0.01 # more bad rows of one kind than this, and a load is refused
${lacking.length === 0 ? '' : `unknown: [${lacking.join(', ')}] # not known of every line, which may be without it\n`}# mode: full # if each export brings every line of the months it covers
tables:
  - table: orders
    role: facts
    match: ${JSON.stringify(matchOf(from))} # on the name of a file: guessed
    ${howItIsWritten(sample)}
    columns: ${flow(sample.columns)}
${formats}${lookups.files.map(lookup).join('')}select: { orderLines: order-lines.sql, merchants: merchants.sql, memberships: memberships.sql, belts: belts.sql }
`;
}

/** Lines of the table, but for the first its indentation. */
const howItIsWritten = ({ format, headerRow, encoding, delimiter }: Sample): string =>
  (format === 'xlsx'
    ? [
        'format: xlsx # the first sheet that is not hidden; another one: sheet: its name',
        `headerRow: ${headerRow}`,
      ]
    : ['format: csv', `encoding: ${encoding}`, `delimiter: ${JSON.stringify(delimiter)}`]
  ).join('\n    ');

function orderLinesSql(lines: Draft, sample: Sample, found: ReadonlyMap<Field, string>): string {
  const used = new Set(found.values());
  const unused = sample.columns.filter((name) => !used.has(name));
  const fields = Object.entries(lines);
  const rows = fields.map(([field, { sql, note }], index) => {
    const comment = note === null ? '' : `    -- ${shownText(note)}\n`;
    return `${comment}    ${sql} AS ${field}${index < fields.length - 1 ? ',' : ''}`;
  });
  return draftedSelect('order-lines', {
    unused: unused.length === 0 ? '' : `    -- Not used: ${unused.join(', ')}.\n`,
    fields: rows.join('\n'),
  });
}

function csv({ columns, rows }: LookupFile): string {
  const field = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

/** Written under another name first, so that a folder is there whole or not at all; one that is there stays as it is. */
function writeWhole(folder: string, files: Readonly<Record<string, string>>): void {
  const parent = join(folder, '..');
  makeFolder(parent);
  const staging = mkdtempSync(join(parent, '.draft-'));
  try {
    const draft = join(staging, basename(folder));
    mkdirSync(draft, { mode: 0o700 });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(draft, name), text, { mode: 0o600 });
    readSource(draft); // what is made can be read: a fault of the program, not of the file, where it cannot
    renameSync(draft, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw isThere(folder, error);
    throw namingPath(error, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

export const isThere = (folder: string, cause?: unknown): SourceFault =>
  new SourceFault(
    `${folder} is there already, and nothing is written over it. Name another source, or move it away.`,
    { cause },
  );
