import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each change of an annotation counts, so that who changes or removes it can say which state of it they have seen. */
export class AnnotationRevisions1764000000002 implements MigrationInterface {
  readonly name = 'AnnotationRevisions1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE annotations ADD COLUMN revision integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE annotations DROP COLUMN revision');
  }
}
