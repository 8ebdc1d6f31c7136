import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Annotations: the first thing that people write. The last day is checked here too, whoever writes. */
export class Annotations1764000000001 implements MigrationInterface {
  readonly name = 'Annotations1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE annotations (
      id         uuid PRIMARY KEY,
      source     text NOT NULL,
      belt_id    text,
      kind       text NOT NULL CHECK (kind IN ('policy', 'holiday', 'outage', 'other')),
      day        date NOT NULL,
      last_day   date CHECK (last_day >= day),
      text       text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 200),
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL
    )`);
    await runner.query('CREATE INDEX annotations_by_place ON annotations (source, belt_id, day)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE annotations');
  }
}
