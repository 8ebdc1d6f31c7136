import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ends a session or a token, or changes what somebody may: the table, and by which statements. */
const WATCHED = {
  users: 'UPDATE OF name, password_hash, is_demo, disabled_at OR DELETE',
  user_grants: 'INSERT OR UPDATE OR DELETE',
  sessions: 'UPDATE OF id_hash, user_id, created_at OR DELETE',
  api_tokens: 'UPDATE OF user_id, digest, permissions, ends_at OR DELETE',
} as const;

/**
 * A number that is another one as soon as a change of rights is committed, whoever makes it: so an API process may believe what it has read of a
 * caller as long as the number is the one from before it was read. It is raised when a transaction is about to be committed, once, and behind
 * everything else that it locks, so that no two transactions wait for each other.
 */
export class AccessChanges1764000000012 implements MigrationInterface {
  readonly name = 'AccessChanges1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE access_changes (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      number  bigint NOT NULL
    )`);
    await runner.query('INSERT INTO access_changes (number) VALUES (1)');
    await runner.query(`CREATE FUNCTION count_access_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('beltline.access_counted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
          UPDATE access_changes SET number = number + 1;
          PERFORM set_config('beltline.access_counted', pg_current_xact_id()::text, true);
        END IF;
        RETURN NULL;
      END
    $$`);
    for (const [table, statements] of Object.entries(WATCHED)) {
      await runner.query(`CREATE CONSTRAINT TRIGGER access_changed AFTER ${statements} ON ${table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_access_change()`);
      // A constraint trigger is not asked when a table is emptied at once.
      await runner.query(`CREATE TRIGGER access_emptied AFTER TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION count_access_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(WATCHED)) {
      await runner.query(`DROP TRIGGER access_changed ON ${table}`);
      await runner.query(`DROP TRIGGER access_emptied ON ${table}`);
    }
    await runner.query('DROP FUNCTION count_access_change()');
    await runner.query('DROP TABLE access_changes');
  }
}
