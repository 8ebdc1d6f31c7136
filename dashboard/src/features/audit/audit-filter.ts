import { AUDIT_EVENTS, type AuditEvent } from '@beltline/contract/access';
import type { AuditEntry } from '@beltline/contract';
import type { AuditFilter } from '../../api/questions.ts';
import { queryText, type Query } from '../../shell/view-state.ts';

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Midnight on the reader's clock, so many days later. */
function midnight(day: string, later: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

/** What the address says is to be read of the audit; a day is one on the reader's clock, the last one included. */
export function filterOf(query: Query): AuditFilter {
  const [event, since, until] = [
    queryText(query, 'event'),
    queryText(query, 'since'),
    queryText(query, 'until'),
  ];
  const actor = queryText(query, 'who')?.trim().slice(0, 64);
  return {
    ...(isEvent(event) ? { event } : {}),
    ...(actor ? { actor } : {}),
    ...(isDay(since) ? { from: midnight(since, 0) } : {}),
    ...(isDay(until) ? { to: midnight(until, 1) } : {}),
  };
}

export const isEvent = (text: string | undefined): text is AuditEvent =>
  (AUDIT_EVENTS as readonly (string | undefined)[]).includes(text);

/** As it is exported: with ids beside names, because names may be given again. */
export const EXPORTED = [
  'position',
  'at',
  'event',
  'actor',
  'actorId',
  'subject',
  'subjectId',
  'address',
  'requestId',
  'detail',
] as const;
export const exportedRow = ({ actor, subject, ...entry }: AuditEntry): string[] => [
  ...[entry.position, entry.at, entry.event],
  ...[actor?.name ?? '', actor?.id ?? '', subject?.name ?? '', subject?.id ?? ''],
  ...[entry.address ?? '', entry.requestId ?? '', entry.detail ?? ''],
];
