import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { accessChanges } from '@beltline/sql/postgres';
import { DataSource } from 'typeorm';
import type { ApiConfig } from '../platform/config/config.ts';
import { CONFIG } from '../platform/config/config.module.ts';
import type { ChangeCount } from './known-callers.ts';
import { LeasedCount } from './leased-count.ts';

/**
 * Over a PostgreSQL server, which other processes change too, a short statement some forty times a second at most tells whether anything has
 * changed since callers were read. The embedded one is this process's alone, and there is nothing to ask.
 */
@Injectable()
export class AccessCount {
  /** Null over the embedded PostgreSQL. */
  readonly shared: ChangeCount | null;

  constructor(@InjectDataSource() store: DataSource, @Inject(CONFIG) { DATABASE_URL }: ApiConfig) {
    this.shared = DATABASE_URL === undefined ? null : new LeasedCount(() => accessChanges(store));
  }
}
