import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Publications of the nation, of cities and of belts beside those of provinces, and drafts that are withdrawn. Those that there are stay as they are, and
 * are of provinces.
 */
export class PublicationsOfAreas1764000000015 implements MigrationInterface {
  readonly name = 'PublicationsOfAreas1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW publication_states');
    await runner.query(`ALTER TABLE publications
      ADD COLUMN kind text NOT NULL DEFAULT 'province' CHECK (kind IN ('nation', 'province', 'city', 'belt')),
      DROP CONSTRAINT publications_region_check,
      ADD CONSTRAINT publications_area_check CHECK ((kind = 'nation') = (region = ''))`);
    await runner.query('ALTER TABLE publications ALTER COLUMN kind DROP DEFAULT');
    await runner.query('DROP INDEX publications_of');
    await runner.query(
      'CREATE INDEX publications_of ON publications (source, month, kind, region, position)',
    );
    await runner.query(`CREATE TABLE publication_withdrawals (
      publication_id uuid PRIMARY KEY REFERENCES publications (id),
      withdrawn_at   timestamptz NOT NULL
    )`);
    await runner.query(`CREATE TRIGGER publication_withdrawals_append_only
      BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_withdrawals
      FOR EACH STATEMENT EXECUTE FUNCTION publications_are_append_only()`);
    await this.numbers(runner);
    await this.withdrawals(runner);
    await this.states(runner);
  }

  /** As before, with the kind of area; and what was withdrawn gets no number. */
  private async numbers(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE OR REPLACE FUNCTION publications_are_numbered_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        mine     publications%ROWTYPE;
        expected integer;
      BEGIN
        PERFORM pg_advisory_xact_lock(1764000014);
        SELECT coalesce(max(no), 0) + 1 INTO expected FROM publication_numbers WHERE year = NEW.year;
        IF NEW.no <> expected THEN
          RAISE EXCEPTION 'the next number is %', expected USING ERRCODE = 'BL001';
        END IF;
        SELECT * INTO mine FROM publications WHERE id = NEW.publication_id;
        PERFORM 1 FROM publications later
          WHERE (later.source, later.month, later.kind, later.region) = (mine.source, mine.month, mine.kind, mine.region)
            AND later.position > mine.position
          UNION ALL SELECT 1 FROM publication_withdrawals WHERE publication_id = NEW.publication_id;
        IF FOUND OR mine.revises IS DISTINCT FROM (
          SELECT id FROM publications JOIN publication_numbers ON publication_id = id
          WHERE (source, month, kind, region) = (mine.source, mine.month, mine.kind, mine.region)
          ORDER BY position DESC LIMIT 1
        ) THEN
          RAISE EXCEPTION 'another edition came in between' USING ERRCODE = 'BL002';
        END IF;
        RETURN NEW;
      END
    $$`);
  }

  /** Under the lock that numbers are given under, so that nothing is both. */
  private async withdrawals(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION what_has_a_number_is_not_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(1764000014);
        PERFORM 1 FROM publication_numbers WHERE publication_id = NEW.publication_id;
        IF FOUND THEN
          RAISE EXCEPTION 'what has a number is not withdrawn' USING ERRCODE = 'BL002';
        END IF;
        RETURN NEW;
      END
    $$`);
    await runner.query(`CREATE TRIGGER publication_withdrawals_without_number BEFORE INSERT ON publication_withdrawals
      FOR EACH ROW EXECUTE FUNCTION what_has_a_number_is_not_withdrawn()`);
  }

  private async states(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE VIEW publication_states AS
      SELECT one.id, one.source, one.month, one.kind, one.region, one.about, one.digest, one.revises, one.reason, one.prepared_at,
        own.year, own.no, own.released_at,
        before.year AS revises_year, before.no AS revises_no, later.year AS later_year, later.no AS later_no,
        CASE WHEN own.no IS NULL THEN 'prepared' WHEN later.no IS NULL THEN 'released' ELSE 'superseded' END AS state
      FROM publications one
      LEFT JOIN publication_numbers own ON own.publication_id = one.id
      LEFT JOIN publication_numbers before ON before.publication_id = one.revises
      LEFT JOIN (SELECT p.revises, n.year, n.no FROM publications p JOIN publication_numbers n ON n.publication_id = p.id) later
        ON later.revises = one.id
      WHERE own.no IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM publications other
        WHERE (other.source, other.month, other.kind, other.region) = (one.source, one.month, one.kind, one.region)
          AND other.position > one.position
        UNION ALL SELECT 1 FROM publication_withdrawals WHERE publication_id = one.id
      )`);
  }

  /** What was prepared of other areas cannot be told without their kind, and is not removed: there is no way back. */
  down(): Promise<void> {
    return Promise.reject(new Error('publications of areas stay: there is no way back'));
  }
}
