import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of what sizes the orders of a released area are, beside its cells. Of what was released before there is nothing, and nothing is added: what is released stays as it is. */
export class ReleasedStructure1764000000032 implements MigrationInterface {
  readonly name = 'ReleasedStructure1764000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas ADD COLUMN structure jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas DROP COLUMN structure');
  }
}
