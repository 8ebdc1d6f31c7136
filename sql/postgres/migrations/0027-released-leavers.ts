import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What those sold a year before who sell no more, told beside a release once the months that it is compared with are released: one row, added once. `shares`: level, area and share, which is null
 * where it is withheld. What the auditor refused is a row without.
 */
export class ReleasedLeavers1764000000027 implements MigrationInterface {
  readonly name = 'ReleasedLeavers1764000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE release_leavers (
      release_id           uuid NOT NULL REFERENCES releases (id),
      data_version         bigint NOT NULL CHECK (data_version > 0),
      version_published_at timestamptz NOT NULL,
      made_at              timestamptz NOT NULL,
      rules_revision       integer NOT NULL CHECK (rules_revision > 0),
      settings_hash        bytea NOT NULL CHECK (octet_length(settings_hash) = 32),
      audit                jsonb NOT NULL,
      shares               jsonb,
      PRIMARY KEY (release_id, data_version, version_published_at, rules_revision, settings_hash)
    )`);
    await runner.query(
      'CREATE UNIQUE INDEX release_leavers_told ON release_leavers (release_id) WHERE shares IS NOT NULL',
    );
    await runner.query(`CREATE TRIGGER release_leavers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON release_leavers
      FOR EACH STATEMENT EXECUTE FUNCTION releases_are_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE release_leavers');
  }
}
