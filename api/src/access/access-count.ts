import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { accessChanges } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ChangeCount } from './known-callers.ts';
import { SharedReads } from './shared-reads.ts';

/**
 * Over a PostgreSQL server, which other processes change too, one short statement tells all who ask at once whether anything has changed since
 * they were read. The embedded one is this process's alone, and there is nothing to ask.
 */
@Injectable()
export class AccessCount {
  /** Null over the embedded PostgreSQL. */
  readonly shared: ChangeCount | null;

  constructor(@InjectDataSource() store: DataSource, @Inject(CONFIG) { DATABASE_URL }: ApiConfig) {
    const reads = new SharedReads<string>();
    this.shared =
      DATABASE_URL === undefined ? null : { now: () => reads.read('', () => accessChanges(store)) };
  }
}
