import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { SourceDefinition } from './definition.ts';
import { sourceSchema } from './schema.ts';
import { readSmallText } from './small-text.ts';

/** Of a `source.yaml`; the longest that ships has two thousand. */
const MOST_BYTES = 1_000_000;

/** A `source.yaml` that cannot be used; the message names the file, the key and what is expected there. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}

/**
 * The identifiers of the sources below a folder: its subfolders that hold a `source.yaml`, sorted.
 * @throws SourceFault where it is no folder, or cannot be looked into.
 */
export function listSources(root: string): string[] {
  return namesIn(root)
    .filter((name) => existsSync(join(root, name, 'source.yaml')))
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    const what =
      code === 'ENOTDIR'
        ? 'is no folder. Name the folder that holds source.yaml, or one with several such folders'
        : `cannot be read: ${message}`;
    throw new SourceFault(`${folder} ${what}.`, { cause });
  }
}

/**
 * Reads and checks the definition of a source. `timeZone` is the business time zone
 * where the source names none.
 * @throws SourceFault that lists everything that is wrong, each with the key and what is expected.
 */
export function readSource(folder: string, timeZone = 'Asia/Shanghai'): SourceDefinition {
  const file = join(resolve(folder), 'source.yaml');
  const parsed = sourceSchema(timeZone).safeParse(readYaml(file));
  if (!parsed.success)
    throw new SourceFault(`${file} cannot be used:\n${parsed.error.issues.map(issueLine).join('\n')}`);
  const source: SourceDefinition = { ...parsed.data, folder: resolve(folder) };
  const absent = [
    ...Object.entries(source.select).map(([key, name]) => ({ key: `select.${key}`, name })),
    ...source.tables.flatMap(({ file: name }, index) =>
      name === undefined ? [] : [{ key: `tables[${index}].file`, name }],
    ),
  ].filter(({ name }) => !existsSync(join(source.folder, name)));
  if (absent.length > 0) {
    const lines = absent.map(({ key, name }) => `- ${key}: there is no file ${name} in the source's folder`);
    throw new SourceFault(`${file} cannot be used:\n${lines.join('\n')}`);
  }
  return source;
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readSmallText(file, MOST_BYTES);
  } catch (cause) {
    throw new SourceFault(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const lines = new LineCounter();
  // The library compares each key with all before it, which takes minutes for a file that is one list of keys.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new SourceFault(`${file} is not valid YAML: ${error.message}`, { cause: error });
  const again = keyGivenAgain(document);
  if (again) {
    const { line, col } = lines.linePos(again.offset);
    throw new SourceFault(
      `${file} is not valid YAML: the key ${cut(again.key)} stands in one map twice, at line ${line}, column ${col}`,
    );
  }
  try {
    return document.toJS();
  } catch (cause) {
    // An alias that leads nowhere, or aliases of aliases that would unfold without end.
    throw new SourceFault(`${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** The first key of a map that it has already, and where in the text; what is no plain key the schema refuses. */
function keyGivenAgain(document: Document): { readonly key: string; readonly offset: number } | null {
  let again: { readonly key: string; readonly offset: number } | null = null;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (keys.has(name)) {
          again = { key: name, offset: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return again;
}

/** Of a message about what somebody wrote, which may be as long as the file. */
const cut = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)} …` : text);

function issueLine(issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  );
  return `- ${path || 'the document'}: ${cut(issue.message)}`;
}
