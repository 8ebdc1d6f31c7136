import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The key that a note was added under, and a digest of what was sent with it, so that sending it again adds no second one. */
export class AnnotationKeys1764000000003 implements MigrationInterface {
  readonly name = 'AnnotationKeys1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE annotations
      ADD COLUMN added_under uuid CONSTRAINT annotations_added_once UNIQUE,
      ADD COLUMN added_as text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE annotations DROP COLUMN added_under, DROP COLUMN added_as');
  }
}
