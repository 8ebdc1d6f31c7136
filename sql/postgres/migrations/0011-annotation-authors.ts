import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wrote a note, and who changed it last. Users are never removed, so their names are read from them. Older notes have none. */
export class AnnotationAuthors1764000000011 implements MigrationInterface {
  readonly name = 'AnnotationAuthors1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE annotations
      ADD COLUMN author_id uuid REFERENCES users,
      ADD COLUMN changed_by_id uuid REFERENCES users`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE annotations DROP COLUMN author_id, DROP COLUMN changed_by_id');
  }
}
