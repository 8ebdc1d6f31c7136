/**
 * What a file of users would do, worked out before anything is done: by the page, by the command line, and again by who carries it out. Pure:
 * the same file and the same users give the same plan under the same name.
 */
import { createHash } from 'node:crypto';
import {
  type ImportColumn,
  type ImportPlan,
  type ImportRefusal,
  newUser,
  type PlannedUser,
  type RefusedLine,
  ROLES,
  type UserState,
} from '@beltline/contract';
import { actionOf, isDisabledBy, listOf, NOTHING, roleOf } from './import-columns.ts';
import { type ImportRow, readImport, shown } from './import-file.ts';
import type { KnownUser } from './known-users.ts';
import { isUsableAdministrator } from './last-administrator.ts';
import { looksOf, nameKey } from './name-likeness.ts';
import { isSame } from './user-state.ts';

export type ImportUser = Pick<KnownUser, 'id' | 'name' | 'isDemo' | 'hasPassword' | 'provider' | 'state'>;
/** `id`: null of who is added. */
export type Planned = PlannedUser & { readonly id: string | null };
export interface Plan extends Omit<ImportPlan, 'users'> {
  readonly users: readonly Planned[];
}

/** `doer`: the id of who would carry it out; null: the host itself. */
export function planImport(bytes: Buffer, known: readonly ImportUser[], doer: string | null): Plan {
  const { encoding, heads, rows, refused: unread } = readImport(bytes);
  const names = new Names(known);
  const users: Planned[] = [];
  const refused: RefusedLine[] = [...unread];
  for (const row of rows) {
    const line = new Line(row, (column) => heads.get(column) ?? column);
    const planned = planLine(line, names, doer);
    if (planned !== null && line.refused.length === 0) users.push(planned);
    refused.push(...line.refused);
  }
  refused.push(...withoutAdministrator(users, known, heads.get('roles') ?? 'roles'));
  const isAnything = users.some(({ action }) => action !== 'same');
  return {
    encoding,
    users: users.filter(({ line }) => !refused.some((one) => one.line === line)),
    refused: refused.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    etag: refused.length > 0 || !isAnything ? null : tagOf(bytes, users),
  };
}

/** The bytes, whom they are about, and from which state to which: what else there is of users may change meanwhile. */
function tagOf(bytes: Buffer, users: readonly Planned[]): string {
  const file = createHash('sha256').update(bytes).digest('hex');
  return `"p${createHash('sha256')
    .update(JSON.stringify([file, users]))
    .digest('base64url')}"`;
}

/** A line as it is read, and what is found at fault with it. */
class Line {
  readonly refused: RefusedLine[] = [];
  constructor(
    private readonly row: ImportRow,
    private readonly headOf: (column: ImportColumn) => string,
  ) {}

  get number(): number {
    return this.row.line;
  }
  /** Empty also where the file has no such column. */
  cell(column: ImportColumn): string {
    return this.row.cells[column] ?? '';
  }
  refuse(column: ImportColumn, reason: ImportRefusal, value: string = this.cell(column)): null {
    this.refused.push({ line: this.number, column: this.headOf(column), reason, value: shown(value) });
    return null;
  }
}

function planLine(line: Line, names: Names, doer: string | null): Planned | null {
  const name = nameOf(line);
  const action = actionOf(line.cell('action'));
  if (action === undefined) line.refuse('action', 'bad-action');
  if (name === null || action === undefined) return null;
  const twice = names.lineOf(name);
  if (twice !== undefined) return line.refuse('name', 'name-twice', String(twice));
  names.noteLine(name, line.number);
  return action === 'add' ? planAdding(line, name, names) : planChange(line, name, names, doer);
}

function planAdding(line: Line, name: string, names: Names): Planned | null {
  if (names.find(name)) return line.refuse('name', 'taken', name);
  const alike = names.alike(name);
  if (alike !== undefined) return line.refuse('name', 'looks-like', alike);
  names.noteName(name);
  const after = stateBy(line, { roles: [], sources: [], regions: [], owners: [], isDisabled: false });
  if (after.isDisabled) line.refuse('disabled', 'add-disabled');
  return { line: line.number, id: null, name, action: 'add', before: null, after };
}

function planChange(line: Line, name: string, names: Names, doer: string | null): Planned | null {
  const user = names.find(name);
  if (user === undefined) return line.refuse('name', 'nobody', name);
  const before = user.state;
  const after = stateBy(line, before);
  const isGivenOtherwise = !isSame(before, { ...after, isDisabled: before.isDisabled });
  if (isGivenOtherwise && user.provider !== null) line.refuse('name', 'from-provider', user.provider);
  // Whoever shuts themselves out by a file has picked the wrong line.
  const losesRole = before.roles.includes('administrator') && !after.roles.includes('administrator');
  if (user.id === doer && (after.isDisabled || losesRole)) line.refuse('name', 'oneself', name);
  const action = isSame(before, after) ? 'same' : 'change';
  return { line: line.number, id: user.id, name: user.name, action, before, after };
}

function nameOf(line: Line): string | null {
  const cell = line.cell('name');
  if (/^demo-/i.test(cell)) return line.refuse('name', 'demo-name');
  const { success, data } = newUser.shape.name.safeParse(cell);
  return success ? data : line.refuse('name', 'bad-name');
}

/** What a line says of a user; what it says nothing of is as it was. */
function stateBy(line: Line, before: UserState): UserState {
  const listed = <T extends string>(
    column: 'roles' | 'sources' | 'regions' | 'owners',
    was: readonly T[],
  ) => {
    const cell = line.cell(column);
    if (cell === '') return { values: was, isSaid: false };
    return { values: cell === NOTHING ? [] : [...new Set(listOf(cell))].sort(), isSaid: true };
  };
  const checked = (column: 'sources' | 'regions' | 'owners'): string[] => {
    const { values, isSaid } = listed(column, before[column]);
    const { success, error } = newUser.shape[column].safeParse(values);
    if (isSaid && !success) {
      const [place] = error.issues[0]?.path ?? [];
      line.refuse(column, `bad-${column}`, typeof place === 'number' ? values[place] : String(values.length));
    }
    return [...values];
  };
  const { values: words, isSaid } = listed('roles', before.roles);
  const unknown = words.find((word) => roleOf(word) === undefined);
  if (unknown !== undefined) line.refuse('roles', 'bad-roles', unknown);
  const isDisabled = isDisabledBy(line.cell('disabled'));
  if (isDisabled === undefined) line.refuse('disabled', 'bad-disabled');
  return {
    roles: isSaid ? ROLES.filter((role) => words.some((word) => roleOf(word) === role)) : before.roles,
    ...{ sources: checked('sources'), regions: checked('regions'), owners: checked('owners') },
    isDisabled: isDisabled ?? before.isDisabled,
  };
}

/** Where nobody who can get in would be left to manage users: each line that takes one of them away. */
function withoutAdministrator(
  planned: readonly Planned[],
  known: readonly ImportUser[],
  column: string,
): RefusedLine[] {
  const afterOf = new Map(planned.map(({ id, after }) => [id, after]));
  const isLeft = (user: ImportUser) =>
    isUsableAdministrator({ ...user, state: afterOf.get(user.id) ?? user.state });
  if (!known.some(isUsableAdministrator) || known.some(isLeft)) return [];
  const lost = new Set(known.filter(isUsableAdministrator).map(({ id }) => id));
  return planned
    .filter(({ id }) => id !== null && lost.has(id))
    .map(({ line, name }) => ({ line, column, reason: 'last-administrator', value: shown(name) }));
}

/** Who is there already, and whom the file has named so far. */
class Names {
  private readonly exact = new Map<string, ImportUser>();
  private readonly byKey = new Map<string, ImportUser>();
  private readonly byLook = new Map<string, string>();
  private readonly lines = new Map<string, number>();

  constructor(known: readonly ImportUser[]) {
    for (const user of known) {
      this.exact.set(user.name, user);
      this.byKey.set(nameKey(user.name), user);
      this.noteName(user.name);
    }
  }

  find(name: string): ImportUser | undefined {
    return this.exact.get(name) ?? this.byKey.get(nameKey(name));
  }
  /** Somebody whom the name could pass for. */
  alike(name: string): string | undefined {
    return looksOf(name)
      .map((look) => this.byLook.get(look))
      .find((other) => other !== undefined);
  }
  noteName(name: string): void {
    for (const look of looksOf(name)) if (!this.byLook.has(look)) this.byLook.set(look, name);
  }
  /** The line of the file that has named them before. */
  lineOf(name: string): number | undefined {
    return this.lines.get(nameKey(name));
  }
  noteLine(name: string, line: number): void {
    this.lines.set(nameKey(name), line);
  }
}
