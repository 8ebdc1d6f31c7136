import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AuditEvent } from '@beltline/contract';
import { appendAudit, type AuditRecord } from '@beltline/sql/postgres';
import { DataSource, type EntityManager } from 'typeorm';

export type Told = { readonly event: AuditEvent } & Partial<Omit<AuditRecord, 'event' | 'at'>>;

/** The audit. Records that come while others are written go together: the embedded PostgreSQL writes some hundreds a second. */
@Injectable()
export class AuditService {
  private waiting: AuditRecord[] = [];
  private writing: Promise<void> = Promise.resolve();

  constructor(@InjectDataSource() private readonly store: DataSource) {}

  /** Resolves when the record is written; what is told of must not have an effect before. */
  async tell(told: Told): Promise<void> {
    this.waiting.push(recordOf(told));
    const written = this.writing.then(
      () => this.writeWaiting(),
      () => this.writeWaiting(),
    );
    this.writing = written.catch(() => undefined);
    return written;
  }

  /** Tells of what a transaction does, as its last step: both are there when it ends, or neither. */
  tellWithin(manager: EntityManager, told: readonly Told[]): Promise<void> {
    return appendAudit(manager, told.map(recordOf));
  }

  private async writeWaiting(): Promise<void> {
    const records = this.waiting;
    this.waiting = [];
    await appendAudit(this.store, records);
  }
}

const NOTHING = { actor: null, subject: null, address: null, requestId: null, detail: null };
const recordOf = (told: Told): AuditRecord => ({ ...NOTHING, ...told, at: new Date() });
