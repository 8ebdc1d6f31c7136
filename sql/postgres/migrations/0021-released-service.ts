import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shares of service of a released area, beside its cells. Of what was released before there are none, and none are added: what is released stays as it is. */
export class ReleasedService1764000000021 implements MigrationInterface {
  readonly name = 'ReleasedService1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas ADD COLUMN service jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas DROP COLUMN service');
  }
}
