import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What takes seconds to compute of a data version, so that a program that was just started need not. May be emptied at any time. */
export class KeptSeries1764000000030 implements MigrationInterface {
  readonly name = 'KeptSeries1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE kept_series (
      source       text NOT NULL,
      data_version bigint NOT NULL,
      published_at text NOT NULL,
      name         text NOT NULL,
      question     text NOT NULL,
      maker        text NOT NULL,
      made_at      timestamptz NOT NULL,
      value        bytea NOT NULL,
      PRIMARY KEY (source, data_version, published_at, name, question, maker)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kept_series');
  }
}
