import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail: where each person wants it, what they want, and each mail with its end. */
export class Mail1764000000019 implements MigrationInterface {
  readonly name = 'Mail1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE mail_addresses (
      user_id      uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
      address      text NOT NULL CHECK (char_length(address) BETWEEN 3 AND 254 AND address !~ '[[:cntrl:][:space:]]'),
      language     text NOT NULL CHECK (language IN ('zh', 'en')),
      asked_at     timestamptz NOT NULL,
      asked_since  timestamptz NOT NULL,
      asked        smallint NOT NULL,
      confirmed_at timestamptz,
      bounces      smallint NOT NULL DEFAULT 0,
      stopped_at   timestamptz
    )`);
    await runner.query(`CREATE TABLE mail_subscriptions (
      id         uuid PRIMARY KEY,
      user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      topic      text NOT NULL CHECK (topic IN ('report', 'standing')),
      source     text NOT NULL,
      kind       text NOT NULL,
      region     text NOT NULL,
      name       jsonb,
      language   text NOT NULL CHECK (language IN ('zh', 'en')),
      delivery   text NOT NULL CHECK (delivery IN ('attached', 'linked')),
      created_at timestamptz NOT NULL,
      UNIQUE (user_id, topic, source, kind, region)
    )`);
    await runner.query(
      'CREATE INDEX mail_subscriptions_of ON mail_subscriptions (topic, source, kind, region)',
    );
    await runner.query(`CREATE TABLE mail_deliveries (
      id              uuid PRIMARY KEY,
      user_id         uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      topic           text NOT NULL CHECK (topic IN ('report', 'standing', 'confirm')),
      item            text NOT NULL,
      subscription_id uuid,
      state           text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
      reason          text,
      answer          text,
      tries           smallint NOT NULL DEFAULT 0,
      planned_at      timestamptz NOT NULL,
      queued_at       timestamptz,
      done_at         timestamptz,
      CHECK ((state = 'waiting') = (done_at IS NULL)),
      UNIQUE (user_id, topic, item)
    )`);
    await runner.query(
      `CREATE INDEX mail_deliveries_waiting ON mail_deliveries (planned_at) WHERE state = 'waiting'`,
    );
    await runner.query(
      `CREATE INDEX mail_deliveries_failed ON mail_deliveries (planned_at) WHERE state = 'failed'`,
    );
    // Whoever looks for what came out lately need not read all numbers there ever were.
    await runner.query('CREATE INDEX publication_numbers_released ON publication_numbers (released_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX publication_numbers_released');
    await runner.query('DROP TABLE mail_deliveries, mail_subscriptions, mail_addresses');
  }
}
