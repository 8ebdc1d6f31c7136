/**
 * Statements of the load job. A statement is a file of `sql/clickhouse/load/`; values travel bound, and only what SQL
 * cannot bind (names of databases, tables and columns, the source's own SELECTs) is filled in for `{{name}}`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from '../engine/configuration.ts';
import { packageRoot } from './package-root.ts';

const texts = new Map<string, string>();

/** @throws Error where a placeholder has no filling, or a filling no placeholder. */
export function loadStatement(name: string, filling: Readonly<Record<string, string>> = {}): string {
  let text = texts.get(name);
  if (text === undefined) {
    text = readFileSync(join(packageRoot, 'clickhouse', 'load', `${name}.sql`), 'utf8');
    texts.set(name, text);
  }
  return fillStatement(`load/${name}`, text, filling);
}

/** What statements of the load are put together from, a file of `load/parts/`, without its header. */
export const loadPart = (name: string, filling: Readonly<Record<string, string>> = {}): string =>
  splitHeader(loadStatement(`parts/${name}`, filling))[1].trimEnd();

/** A SELECT as it is drafted for a source, a file of `draft/`. */
export const draftedSelect = (name: string, filling: Readonly<Record<string, string>> = {}): string =>
  fillStatement(
    `draft/${name}`,
    readFileSync(join(packageRoot, 'clickhouse', 'draft', `${name}.sql`), 'utf8'),
    filling,
  );

/** Fills in `{{name}}`; `{{published}}` is known. @throws Error where a placeholder has no filling, or a filling no placeholder. */
export function fillStatement(name: string, text: string, filling: Readonly<Record<string, string>>): string {
  const [header, statement] = splitHeader(text);
  const unused = new Set(Object.keys(filling));
  const filled = statement.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = key === 'published' ? DATABASE : filling[key];
    if (value === undefined) throw new Error(`${name}.sql: nothing given for {{${key}}}`);
    unused.delete(key);
    return value;
  });
  if (unused.size > 0) throw new Error(`${name}.sql has no {{${[...unused].join('}}, {{')}}}`);
  return header + filled;
}

/** The comment above a statement may name placeholders to explain them. */
function splitHeader(text: string): [string, string] {
  const header = /^(?:--[^\n]*\n)*/.exec(text)?.[0] ?? '';
  return [header, text.slice(header.length)];
}
