import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was read of a quarter's lines for merchants' pages. There is one edition of a quarter, so a row is neither changed nor removed. */
export class PeerBuyers1764000000018 implements MigrationInterface {
  readonly name = 'PeerBuyers1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE peer_buyers (
      source       text NOT NULL,
      quarter      text NOT NULL CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
      data_version bigint NOT NULL,
      published_on date NOT NULL,
      read_at      timestamptz NOT NULL,
      facts        bytea NOT NULL,
      PRIMARY KEY (source, quarter, data_version, published_on)
    )`);
    await runner.query(`CREATE FUNCTION peer_buyers_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what was told of a quarter stays as it is' USING ERRCODE = 'insufficient_privilege';
      END
    $$`);
    await runner.query(`CREATE TRIGGER peer_buyers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON peer_buyers
      FOR EACH STATEMENT EXECUTE FUNCTION peer_buyers_are_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE peer_buyers');
    await runner.query('DROP FUNCTION peer_buyers_are_append_only');
  }
}
