import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which buyers of merchants came and went, read once of a quarter's lines. There is one edition of a quarter, so a row is neither changed nor removed. */
export class PeerTurnover1764000000020 implements MigrationInterface {
  readonly name = 'PeerTurnover1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE peer_turnover (
      source       text NOT NULL,
      quarter      text NOT NULL CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
      data_version bigint NOT NULL,
      published_on date NOT NULL,
      read_at      timestamptz NOT NULL,
      facts        bytea NOT NULL,
      PRIMARY KEY (source, quarter, data_version, published_on)
    )`);
    await runner.query(`CREATE TRIGGER peer_turnover_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON peer_turnover
      FOR EACH STATEMENT EXECUTE FUNCTION peer_buyers_are_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE peer_turnover');
  }
}
