import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit: one row for each sign-in, failure and refusal, each with the digest of the one before. Rows are neither changed nor
 * removed, by whatever role of the database: the trigger refuses it, and the chain shows where somebody lifted the trigger.
 */
export class Audit1764000000005 implements MigrationInterface {
  readonly name = 'Audit1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE audit (
      position   bigint PRIMARY KEY CHECK (position > 0),
      at         timestamptz NOT NULL,
      event      text NOT NULL,
      actor      text,
      subject    text,
      address    text,
      request_id text,
      detail     text,
      previous   bytea NOT NULL CHECK (octet_length(previous) = 32),
      digest     bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32)
    )`);
    await runner.query(`CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
      END
    $$`);
    await runner.query(`CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit');
    await runner.query('DROP FUNCTION audit_is_append_only()');
  }
}
