import { z } from 'zod';
import { AUDIT_EVENTS } from './access.ts';
import { wholeNumber, wholeNumberOr } from './vocabulary.ts';

/** `GET /audit`. */
export const auditQuestion = z.strictObject({
  event: z.enum(AUDIT_EVENTS).optional(),
  /** Who did it, by name or id. */
  actor: z.string().trim().min(1).max(64).optional(),
  /** From this instant on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: wholeNumberOr(100, wholeNumber(1, 500)),
  /** Records before this position: `next` of the page before. */
  before: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'a position is a number')
    .optional(),
});
export type AuditQuestion = z.infer<typeof auditQuestion>;

/** A user as the audit knows them; `name` is null where there is none of that id. */
const mentioned = z.object({ id: z.string(), name: z.string().nullable() });

export const auditEntry = z.object({
  /** 1, 2, 3 … without a gap, as text. */
  position: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  actor: mentioned.nullable(),
  subject: mentioned.nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** The newest first; `next`: the `before` of the following page. */
export const auditAnswer = z.object({ records: z.array(auditEntry), next: z.string().nullable() });
export type AuditAnswer = z.infer<typeof auditAnswer>;

/** What pages of the product keep as files. */
export const EXPORTS = ['audit', 'region'] as const;

/** `POST /audit/exports`: a page tells that it is about to keep rows as a file, and keeps them once this was answered. */
export const exportTold = z.strictObject({
  what: z.enum(EXPORTS),
  /** Without the line of names. */
  rows: z.int().min(0).max(100_000_000),
  /** Which of them, in the page's own words. */
  filter: z.string().max(300),
});
export type ExportTold = z.infer<typeof exportTold>;

/** `GET /audit/chain`: whether each record follows from the one before. */
export const auditChain = z.object({
  /** How many do, from the first on. */
  records: z.int(),
  /** Digest of the last of them, to be noted elsewhere. */
  head: z.string().nullable(),
  broken: z.object({ position: z.string(), reason: z.string() }).nullable(),
});
export type AuditChain = z.infer<typeof auditChain>;
