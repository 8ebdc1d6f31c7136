import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lets somebody in beside a password: a link that sets one, once, and tokens for programs. Digests only. A user has one link at
 * most: a new one takes the place of the one before, and using it removes it.
 */
export class LinksAndTokens1764000000006 implements MigrationInterface {
  readonly name = 'LinksAndTokens1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE one_time_links (
      user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
      digest  bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
      ends_at timestamptz NOT NULL
    )`);
    await runner.query(`CREATE TABLE api_tokens (
      id           uuid PRIMARY KEY,
      user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
      digest       bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
      permissions  text[] NOT NULL,
      created_at   timestamptz NOT NULL,
      ends_at      timestamptz NOT NULL CHECK (ends_at <= created_at + interval '366 days'),
      last_used_at timestamptz
    )`);
    await runner.query('CREATE INDEX api_tokens_by_user ON api_tokens (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_tokens, one_time_links');
  }
}
