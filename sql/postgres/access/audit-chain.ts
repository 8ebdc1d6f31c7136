/**
 * The chain of the audit: each record carries the digest of the one before, so that a record that was changed, removed or slipped in
 * breaks it. It does not show that the newest records are gone, nor a chain that was made anew from its beginning: for that
 * the newest digest must have been noted elsewhere.
 */
import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditEntity } from './audit.entity.ts';

/** What is told of an event; the chain adds its position and digests. */
export interface AuditRecord {
  readonly at: Date;
  readonly event: string;
  readonly actor: string | null;
  readonly subject: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly detail: string | null;
}

/** What the first record follows. */
const BEGINNING = Buffer.alloc(32);
/** Any number that nothing else locks by. */
const LOCK = 1_764_000_005;
const AT_ONCE = 1_000;

/**
 * Appends records in their order. Several API processes take turns, so that the chain has no fork. Within a transaction of its caller's they
 * are there with what they tell of, or neither is; then it comes last, because others wait until that transaction ends.
 */
export async function appendAudit(
  store: Pick<DataSource | EntityManager, 'transaction'>,
  records: readonly AuditRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await store.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    let last = await newest(manager);
    const linked = records.map((record) => (last = link(record, last)));
    await manager.insert(AuditEntity, linked);
  });
}

/** Where the chain is broken first; null where every record follows from the one before. */
export interface BrokenLink {
  readonly position: string;
  readonly reason: string;
}
export interface ChainState {
  readonly records: number;
  /** Digest of the newest record in hexadecimal, to be noted elsewhere; null where there is none. */
  readonly head: string | null;
  readonly broken: BrokenLink | null;
}

/** Reads the whole audit and follows its chain. */
export async function verifyAudit(store: DataSource): Promise<ChainState> {
  let [records, last]: [number, AuditEntity | null] = [0, null];
  for (;;) {
    const page: AuditEntity[] = await store
      .getRepository(AuditEntity)
      .createQueryBuilder('record')
      .where('record.position > :after', { after: last?.position ?? '0' })
      .orderBy('record.position')
      .limit(AT_ONCE)
      .getMany();
    for (const record of page) {
      const reason = whyBroken(record, last);
      if (reason !== null)
        return { records, head: hexOf(last), broken: { position: record.position, reason } };
      records++;
      last = record;
    }
    if (page.length < AT_ONCE) return { records, head: hexOf(last), broken: null };
  }
}

function whyBroken(record: AuditEntity, before: AuditEntity | null): string | null {
  const position = BigInt(before?.position ?? 0) + 1n;
  if (BigInt(record.position) !== position) return `record ${position} is missing`;
  if (!Buffer.from(record.previous).equals(digestBefore(before)))
    return 'it does not follow the record before';
  return Buffer.from(record.digest).equals(digestOf(record)) ? null : 'it was changed after it was written';
}

function link(record: AuditRecord, before: AuditEntity | null): AuditEntity {
  const position = `${BigInt(before?.position ?? 0) + 1n}`;
  const linked = { ...record, position, previous: digestBefore(before) };
  return { ...linked, digest: digestOf(linked) };
}

const digestBefore = (before: AuditEntity | null) => (before ? Buffer.from(before.digest) : BEGINNING);

/** A list in JSON: no two records write the same text, because its strings are quoted. */
function digestOf(record: Omit<AuditEntity, 'digest'>): Buffer {
  const { position, at, event, actor, subject, address, requestId, detail, previous } = record;
  const parts = [
    Buffer.from(previous).toString('hex'),
    position,
    at.toISOString(),
    ...[event, actor, subject, address, requestId, detail],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

async function newest(manager: EntityManager): Promise<AuditEntity | null> {
  return manager
    .getRepository(AuditEntity)
    .createQueryBuilder('record')
    .orderBy('record.position', 'DESC')
    .limit(1)
    .getOne();
}

const hexOf = (record: AuditEntity | null) => (record ? Buffer.from(record.digest).toString('hex') : null);
