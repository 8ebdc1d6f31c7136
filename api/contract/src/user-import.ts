import { z } from 'zod';
import { ROLES } from './access.ts';
import { oneTimeLink } from './users.ts';

/** Users in one file at most. */
export const MOST_IMPORT_LINES = 1_000;
export const LARGEST_IMPORT_BYTES = 256 * 1024;

/** What a file may say of a user; `name` it must. Chinese names of the columns are read too. */
export const IMPORT_COLUMNS = [
  'action',
  'name',
  'roles',
  'sources',
  'regions',
  'owners',
  'disabled',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** Why a file or a line of it is refused. A file with one refused line is not carried out at all. */
export const IMPORT_REFUSALS = [
  // the file
  'too-large',
  'utf-16',
  'encoding',
  'two-encodings',
  'quoting',
  'no-header',
  'unknown-column',
  'column-twice',
  'no-name-column',
  'no-lines',
  'too-many-lines',
  // a line
  'cells',
  'bad-action',
  'bad-name',
  'demo-name',
  'bad-roles',
  'bad-sources',
  'bad-regions',
  'bad-owners',
  'bad-disabled',
  'add-disabled',
  'name-twice',
  'looks-like',
  'taken',
  'nobody',
  'from-provider',
  'oneself',
  'last-administrator',
] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

/** `POST /users/import/plan` and `POST /users/import`: the bytes of a CSV file, as they are on the disk. */
export const importFile = z.strictObject({
  content: z.base64().max(4 * Math.ceil((LARGEST_IMPORT_BYTES + 1) / 3)),
});
export type ImportFile = z.infer<typeof importFile>;

/** What a user is given, and whether they are let in. */
const userState = z.object({
  roles: z.array(z.enum(ROLES)),
  sources: z.array(z.string()),
  regions: z.array(z.string()),
  owners: z.array(z.string()),
  isDisabled: z.boolean(),
});
export type UserState = z.infer<typeof userState>;

/** A line that can be done; `line` is its first one in the file, the header's is 1. */
export const plannedUser = z.object({
  line: z.int(),
  name: z.string(),
  /** `same`: the user is already as the line says. */
  action: z.enum(['add', 'change', 'same']),
  /** Null of who is added. */
  before: userState.nullable(),
  after: userState,
});
export type PlannedUser = z.infer<typeof plannedUser>;

export const refusedLine = z.object({
  /** Null where it is the file as a whole. */
  line: z.int().nullable(),
  /** The column at fault, as the file calls it or should. */
  column: z.string().nullable(),
  reason: z.enum(IMPORT_REFUSALS),
  /** What is at fault, cut short and without characters that cannot be seen; or whom or which line it is about. */
  value: z.string().nullable(),
});
export type RefusedLine = z.infer<typeof refusedLine>;

/** What a file would do. Nothing is done. */
export const importPlan = z.object({
  /** As what the bytes were read; null where they are text of neither kind. */
  encoding: z.enum(['utf-8', 'gb18030']).nullable(),
  users: z.array(plannedUser),
  refused: z.array(refusedLine),
  /**
   * Names this plan: the file, and what is there of the users that it touches. `If-Match` of who carries it out; null where
   * something is refused, or nothing would be done.
   */
  etag: z.string().nullable(),
});
export type ImportPlan = z.infer<typeof importPlan>;

/** `POST /users/import`: done as planned. The links are told this once. */
export const importDone = z.object({
  added: z.array(z.object({ id: z.uuid(), name: z.string(), link: oneTimeLink })),
  changed: z.int(),
});
export type ImportDone = z.infer<typeof importDone>;
