import type { DataSource } from 'typeorm';

/**
 * A number that changes with each committed change of users, their rights, sessions or tokens, by whatever process. What was read of them
 * after the number holds as long as it is the same.
 */
export async function accessChanges(store: DataSource): Promise<string> {
  const [row] = (await store.query('SELECT number FROM access_changes')) as [{ number: string } | undefined];
  if (row === undefined) throw new Error('the table access_changes has lost its row');
  return row.number;
}
