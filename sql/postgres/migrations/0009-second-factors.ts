import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second factor beside the password, the codes for who has lost it, and sign-ins that wait for a code. The factor's secret is encrypted
 * under a key that is kept elsewhere; of all else there are digests only.
 */
export class SecondFactors1764000000009 implements MigrationInterface {
  readonly name = 'SecondFactors1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE second_factors (
      user_id      uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
      id           uuid NOT NULL,
      sealed       text NOT NULL,
      begun_at     timestamptz NOT NULL,
      confirmed_at timestamptz,
      last_step    integer NOT NULL DEFAULT 0,
      failures     integer NOT NULL DEFAULT 0
    )`);
    await runner.query(`CREATE TABLE recovery_codes (
      digest  bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE
    )`);
    await runner.query('CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id)');
    await runner.query(`CREATE TABLE half_sign_ins (
      id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      proof   bytea NOT NULL CHECK (octet_length(proof) = 32),
      ends_at timestamptz NOT NULL,
      tries   integer NOT NULL DEFAULT 0
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE half_sign_ins, recovery_codes, second_factors');
  }
}
