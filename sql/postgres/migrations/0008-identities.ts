import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users whom an organisation's identity provider lets in. */
export class Identities1764000000008 implements MigrationInterface {
  readonly name = 'Identities1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE identities (
      issuer  text NOT NULL,
      subject text NOT NULL,
      user_id uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY (issuer, subject)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE identities');
  }
}
