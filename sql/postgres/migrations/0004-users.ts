import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Users, their rights, sessions and failed sign-ins. Secrets are kept as digests only: whoever reads the table cannot sign in.
 * What a user is given is rows of their own, so that the database holds that no role and no region is given twice.
 */
export class Users1764000000004 implements MigrationInterface {
  readonly name = 'Users1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE users (
      id            uuid PRIMARY KEY,
      name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
      password_hash text,
      is_demo       boolean NOT NULL DEFAULT false,
      disabled_at   timestamptz,
      created_at    timestamptz NOT NULL
    )`);
    // A name that differs in capitals alone would pass for another's.
    await runner.query('CREATE UNIQUE INDEX users_by_name ON users (lower(name))');
    await runner.query(`CREATE TABLE user_grants (
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      kind    text NOT NULL CHECK (kind IN ('role', 'source', 'region', 'owner')),
      value   text NOT NULL CHECK (value <> ''),
      PRIMARY KEY (user_id, kind, value)
    )`);
    await runner.query(`CREATE TABLE sessions (
      id_hash      bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
      user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      created_at   timestamptz NOT NULL,
      last_used_at timestamptz NOT NULL,
      address      text NOT NULL,
      agent        text NOT NULL
    )`);
    await runner.query('CREATE INDEX sessions_by_user ON sessions (user_id)');
    // As rate-limiter-flexible writes it: what was tried under a name or from an address, until when it counts (ms since 1970).
    await runner.query(`CREATE TABLE attempts (
      key    varchar(255) PRIMARY KEY,
      points integer NOT NULL DEFAULT 0,
      expire bigint
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE attempts, sessions, user_grants, users');
  }
}
