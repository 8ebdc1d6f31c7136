/** What the command line says of a file of users, and where the links of who was added go. */
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import {
  type ImportDone,
  type ImportRefusal,
  LARGEST_IMPORT_BYTES,
  MOST_IMPORT_LINES,
} from '@beltline/contract';
import type { Plan } from '../access/import-plan.ts';
import { inWords } from '../access/users.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';

export type LinkSettings = Partial<Pick<ApiConfig, 'BELTLINE_PUBLIC_URL' | 'HOST' | 'PORT'>>;

const REFUSALS: Readonly<Record<ImportRefusal, string>> = {
  'too-large': `is larger than ${LARGEST_IMPORT_BYTES} bytes`,
  'utf-16': 'is UTF-16; save it as "CSV UTF-8"',
  encoding: 'is neither UTF-8 nor GB18030; save it as "CSV UTF-8"',
  'two-encodings': 'can be read as UTF-8 and as GB18030; save it as "CSV UTF-8" with a byte order mark',
  quoting: 'has quotes that do not close, or that open within a cell',
  'no-header': 'is empty; its first line must name the columns',
  'unknown-column': 'is a column that there is not',
  'column-twice': 'is a column that is there twice',
  'no-name-column': 'has no column of names',
  'no-lines': 'has columns and no user',
  'too-many-lines': `are more users than ${MOST_IMPORT_LINES}; divide the file`,
  cells: 'cells, which is not as many as there are columns',
  'bad-action': 'is neither add nor change',
  'bad-name': 'is no name: at most 64 characters, all of which can be seen',
  'demo-name': 'begins with demo-, as users of the demo do',
  'bad-roles': 'is no role',
  'bad-sources': 'is no id of a source',
  'bad-regions': 'is no region of 2, 4 or 6 digits',
  'bad-owners': 'is no owner as source:owner',
  'bad-disabled': 'is neither yes nor no',
  'add-disabled': 'nobody is added who is let in by nobody',
  'name-twice': 'is the line on which the same user was before',
  'looks-like': 'is who this could pass for',
  taken: 'is there already; to change them write change as the action',
  nobody: 'is nobody',
  'from-provider': 'says what they are given, and not a file',
  oneself: 'is who does this',
  'last-administrator': 'would be no administrator any more, and there is no other who can sign in',
};

/** One byte more than may be read, so that a larger one is seen to be and not taken into memory. */
export function readUsersFile(file: string): Buffer {
  const bytes = Buffer.alloc(LARGEST_IMPORT_BYTES + 1);
  const descriptor = openSync(file, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

/** Without the marks that HTTP puts about it. */
export const nameOfPlan = (etag: string): string => etag.replaceAll('"', '');

/** Every line of the plan; what is refused with its line, and why. */
export function planInWords({ encoding, users, refused, etag }: Plan): string {
  const said = refused.map(({ line, column, reason, value }) => {
    const where = [line === null ? 'the file' : `line ${line}`, column].filter(Boolean).join(', ');
    return `${where}: ${value === null ? '' : `“${value}” `}${REFUSALS[reason]}`;
  });
  const planned = users.map(({ line, name, action, before, after }) => {
    const was = before && action === 'change' ? `${stateInWords(before)} → ` : '';
    return `line ${line}: ${action} ${name}: ${was}${stateInWords(after)}`;
  });
  const count = (action: string) => users.filter((user) => user.action === action).length;
  const counted = [`${count('add')} to add`, `${count('change')} to change`, `${count('same')} as they are`];
  const last = etag === null ? 'nothing can be done' : `plan ${nameOfPlan(etag)}`;
  const summary = `read as ${encoding ?? 'no text'}: ${counted.join(', ')}, ${refused.length} refused; ${last}`;
  return [...said, ...planned, summary].map((text) => `${text}\n`).join('');
}

const stateInWords = (state: Plan['users'][number]['after']): string =>
  `${inWords(state)}${state.isDisabled ? '; disabled' : ''}`;

/**
 * Where links go: `file`, or without one what is printed. A file is tried before anybody is added, and is there only once they are:
 * links that nobody has would let nobody in, and an import that is killed leaves no file that holds none.
 * @throws Error where the file cannot be made, or is there.
 */
export function keepLinks(
  file: string | undefined,
  { BELTLINE_PUBLIC_URL, HOST = '127.0.0.1', PORT = 4680 }: LinkSettings,
  print: (text: string) => void,
): (added: ImportDone['added']) => void {
  const origin = BELTLINE_PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
  const lines = (added: ImportDone['added']) =>
    added
      .map(({ name, link }) => `${name}\t${new URL('/welcome', origin).href}#${link.token}\t${link.endsAt}\n`)
      .join('');
  if (file === undefined) return (added) => print(lines(added));
  writeFileSync(file, '', NEW_FILE);
  rmSync(file);
  return (added) => {
    const text = lines(added);
    try {
      writeWhole(file, text);
      print(`The links are in ${file}: hand them over, and remove the file.\n`);
    } catch (error) {
      print(`The links could not be kept in ${file} (${(error as Error).message}). Here they are:\n${text}`);
    }
  };
}

const NEW_FILE = { mode: 0o600, flag: 'wx' } as const;

/** All of it or no file. @throws Error where it cannot be written, or is there. */
function writeWhole(file: string, text: string): void {
  const descriptor = openSync(file, NEW_FILE.flag, NEW_FILE.mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
