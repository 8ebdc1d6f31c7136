import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Publications: a frozen data set, the number that it is released under, and its files. Rows of all three are neither changed nor removed. The numbers of
 * a year are consecutive whoever adds them and how many do so at once: a trigger lets them come one after another, and refuses any but the next.
 */
export class Publications1764000000014 implements MigrationInterface {
  readonly name = 'Publications1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE publications (
      id          uuid PRIMARY KEY,
      position    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      source      text NOT NULL,
      month       date NOT NULL CHECK (extract(day FROM month) = 1),
      region      text NOT NULL CHECK (region <> ''),
      about       jsonb NOT NULL,
      data_set    bytea NOT NULL,
      digest      bytea NOT NULL CHECK (digest = sha256(data_set)),
      revises     uuid REFERENCES publications (id),
      reason      text,
      revised     jsonb NOT NULL,
      prepared_at timestamptz NOT NULL
    )`);
    await runner.query('CREATE INDEX publications_of ON publications (source, month, region, position)');
    await runner.query('CREATE INDEX publications_revises ON publications (revises)');
    await runner.query('CREATE INDEX publications_digest ON publications (digest)');
    await runner.query(`CREATE TABLE publication_numbers (
      publication_id uuid PRIMARY KEY REFERENCES publications (id),
      year           integer NOT NULL,
      no             integer NOT NULL CHECK (no > 0),
      released_at    timestamptz NOT NULL,
      UNIQUE (year, no)
    )`);
    await runner.query(`CREATE TABLE publication_files (
      publication_id uuid NOT NULL REFERENCES publication_numbers (publication_id),
      language       text NOT NULL CHECK (language IN ('zh', 'en')),
      format         text NOT NULL CHECK (format IN ('pdf', 'xlsx', 'csv', 'html')),
      bytes          bytea NOT NULL,
      digest         bytea NOT NULL CHECK (digest = sha256(bytes)),
      PRIMARY KEY (publication_id, language, format)
    )`);
    await runner.query('CREATE INDEX publication_files_digest ON publication_files (digest)');
    await runner.query(`CREATE FUNCTION publications_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what is published stays as it is' USING ERRCODE = 'insufficient_privilege';
      END
    $$`);
    for (const table of ['publications', 'publication_numbers', 'publication_files'])
      await runner.query(`CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION publications_are_append_only()`);
    await this.numbers(runner);
    await this.files(runner);
    await this.states(runner);
  }

  /** Any lock that nothing else takes; statements of the function see what was committed while it waited for it. */
  private async numbers(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION publications_are_numbered_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
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
          WHERE (later.source, later.month, later.region) = (mine.source, mine.month, mine.region)
            AND later.position > mine.position;
        IF FOUND OR mine.revises IS DISTINCT FROM (
          SELECT id FROM publications JOIN publication_numbers ON publication_id = id
          WHERE (source, month, region) = (mine.source, mine.month, mine.region)
          ORDER BY position DESC LIMIT 1
        ) THEN
          RAISE EXCEPTION 'another edition came in between' USING ERRCODE = 'BL002';
        END IF;
        RETURN NEW;
      END
    $$`);
    await runner.query(`CREATE TRIGGER publication_numbers_in_turn BEFORE INSERT ON publication_numbers
      FOR EACH ROW EXECUTE FUNCTION publications_are_numbered_in_turn()`);
  }

  private async files(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION files_come_with_their_number() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM 1 FROM publication_numbers WHERE publication_id = NEW.publication_id
          AND xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'files come with their number' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END
    $$`);
    await runner.query(`CREATE TRIGGER publication_files_with_number BEFORE INSERT ON publication_files
      FOR EACH ROW EXECUTE FUNCTION files_come_with_their_number()`);
  }

  /** What there is, without the data sets; of what is not released the newest alone, because nothing before it can be any more. */
  private async states(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE VIEW publication_states AS
      SELECT one.id, one.source, one.month, one.region, one.about, one.digest, one.revises, one.reason, one.prepared_at,
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
        WHERE (other.source, other.month, other.region) = (one.source, one.month, one.region)
          AND other.position > one.position
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW publication_states');
    for (const table of ['publication_files', 'publication_numbers', 'publications'])
      await runner.query(`DROP TABLE ${table}`);
    for (const name of [
      'files_come_with_their_number',
      'publications_are_numbered_in_turn',
      'publications_are_append_only',
    ])
      await runner.query(`DROP FUNCTION ${name}()`);
  }
}
