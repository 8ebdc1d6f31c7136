import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Releases: what the gate let out of a month. What is published stays published, so rows are neither changed nor removed, and areas come with
 * their release or never: the trigger compares the transaction that made it.
 */
export class Releases1764000000013 implements MigrationInterface {
  readonly name = 'Releases1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE releases (
      id                   uuid PRIMARY KEY,
      source               text NOT NULL,
      month                date NOT NULL CHECK (extract(day FROM month) = 1),
      audience             text NOT NULL CHECK (audience IN ('officials')),
      edition              integer NOT NULL CHECK (edition > 0),
      data_version         bigint NOT NULL CHECK (data_version > 0),
      version_published_at timestamptz NOT NULL,
      made_at              timestamptz NOT NULL,
      is_published         boolean NOT NULL,
      rules_revision       integer NOT NULL CHECK (rules_revision > 0),
      settings_hash        bytea NOT NULL CHECK (octet_length(settings_hash) = 32),
      audit                jsonb NOT NULL
    )`);
    // One of each; and of one that was refused, one try of each version under each setting.
    await runner.query(`CREATE UNIQUE INDEX releases_published ON releases (source, month, audience, edition)
      WHERE is_published`);
    await runner.query(`CREATE UNIQUE INDEX releases_tried ON releases
      (source, month, audience, edition, data_version, version_published_at, rules_revision, settings_hash)`);
    await runner.query(`CREATE TABLE release_areas (
      release_id uuid NOT NULL REFERENCES releases (id),
      level      text NOT NULL CHECK (level IN ('belt', 'city', 'province', 'category', 'nation')),
      area       text NOT NULL,
      about      jsonb NOT NULL,
      cells      jsonb NOT NULL,
      PRIMARY KEY (release_id, level, area)
    )`);
    await runner.query(`CREATE FUNCTION releases_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what is released stays as it is' USING ERRCODE = 'insufficient_privilege';
      END
    $$`);
    for (const table of ['releases', 'release_areas'])
      await runner.query(`CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION releases_are_append_only()`);
    await runner.query(`CREATE FUNCTION areas_come_with_their_release() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM 1 FROM releases WHERE id = NEW.release_id AND is_published
          AND xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'areas come with their release' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END
    $$`);
    await runner.query(`CREATE TRIGGER release_areas_with_release BEFORE INSERT ON release_areas
      FOR EACH ROW EXECUTE FUNCTION areas_come_with_their_release()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE release_areas');
    await runner.query('DROP TABLE releases');
    await runner.query('DROP FUNCTION areas_come_with_their_release()');
    await runner.query('DROP FUNCTION releases_are_append_only()');
  }
}
