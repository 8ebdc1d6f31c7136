import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the tracks of a released area are made of, beside its cells. Of what was released before there is nothing, and nothing is added: what is released stays as it is. */
export class ReleasedPartitions1764000000033 implements MigrationInterface {
  readonly name = 'ReleasedPartitions1764000000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas ADD COLUMN partitions jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas DROP COLUMN partitions');
  }
}
