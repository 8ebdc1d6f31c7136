import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who carries the growth of a released area, beside its cells. Of what was released before there is nothing, and nothing is added: what is released stays as it is. */
export class ReleasedCarriers1764000000024 implements MigrationInterface {
  readonly name = 'ReleasedCarriers1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas ADD COLUMN carriers jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE release_areas DROP COLUMN carriers');
  }
}
