/**
 * Two accounts on a PostgreSQL server: one owns the tables and makes and changes them; as the other the program works, which may do with each
 * table what it does and no more. So whoever gets hold of the program or its address of the server can neither change nor remove what the audit
 * tells, nor lift the trigger that refuses it.
 */
import type { DataSource } from 'typeorm';
import { JOB_SCHEMA } from './releases/job-database.ts';

/** What the program does with tables of which it does not do everything; no other statement of it is let through. */
const LESS: Readonly<Record<string, string>> = {
  audit: 'SELECT, INSERT',
  // What is released stays as it is.
  releases: 'SELECT, INSERT',
  release_areas: 'SELECT, INSERT',
  release_leavers: 'SELECT, INSERT',
  publications: 'SELECT, INSERT',
  publication_numbers: 'SELECT, INSERT',
  publication_files: 'SELECT, INSERT',
  publication_withdrawals: 'SELECT, INSERT',
  publication_states: 'SELECT',
  // So does what was told of a quarter.
  peer_buyers: 'SELECT, INSERT',
  peer_turnover: 'SELECT, INSERT',
  // Its number is raised by triggers, which run as whoever changes something.
  access_changes: 'SELECT, UPDATE',
  schema_migrations: 'SELECT',
};
const EVERYTHING = 'SELECT, INSERT, UPDATE, DELETE';

/** The account that an address names. @throws Error where it names none. */
export function accountOf(url: string): string {
  const account = decodeURIComponent(new URL(url).username);
  if (account === '') throw new Error('DATABASE_URL names no account, which is to be given its rights.');
  return account;
}

/**
 * Gives an account what the program does with each table, and takes away what it had beside. `owner`: opened as the owner of the tables, which
 * are as this version has them, with those of the queue of jobs. @returns the tables.
 */
export async function grantToProgram(owner: DataSource, account: string): Promise<string[]> {
  const tables = [...owner.entityMetadatas.map(({ tableName }) => tableName), ...Object.keys(LESS)];
  const named = [...new Set(tables)].sort();
  const role = quoted(account);
  await owner.transaction(async (session) => {
    const [own] = (await session.query('SELECT current_user AS name, current_schema() AS schema')) as [
      { name: string; schema: string },
    ];
    if (own.name === account)
      throw new Error(
        `DATABASE_URL and DATABASE_OWNER_URL name the same account, ${account}: what owns the tables may do everything with them.`,
      );
    await session.query(`GRANT USAGE ON SCHEMA ${quoted(own.schema)} TO ${role}`);
    for (const table of named) {
      await session.query(`REVOKE ALL ON TABLE ${quoted(table)} FROM ${role}`);
      await session.query(`GRANT ${LESS[table] ?? EVERYTHING} ON TABLE ${quoted(table)} TO ${role}`);
    }
    const jobs = quoted(JOB_SCHEMA);
    await session.query(`GRANT USAGE ON SCHEMA ${jobs} TO ${role}`);
    await session.query(`GRANT ${EVERYTHING} ON ALL TABLES IN SCHEMA ${jobs} TO ${role}`);
    if (await mayAlterAudit(session, account))
      throw new Error(
        `The account ${account} of DATABASE_URL may alter the audit whatever it is given: it is a superuser, or a member of what owns the tables.`,
      );
  });
  return named;
}

/** Whether an account, or the one that is asked as, can change or remove records of the audit, or what refuses that. */
export async function mayAlterAudit(
  store: Pick<DataSource, 'query'>,
  account: string | null = null,
): Promise<boolean> {
  const [found] = (await store.query(
    `SELECT has_table_privilege(role, 'audit', 'UPDATE, DELETE, TRUNCATE, TRIGGER')
         OR pg_has_role(role, (SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'audit'), 'MEMBER') AS may
       FROM (SELECT coalesce($1, current_user::text)::name AS role) AS asked`,
    [account],
  )) as [{ may: boolean }];
  return found.may;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
