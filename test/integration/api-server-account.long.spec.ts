/** A PostgreSQL server whose accounts may alter the audit anyway, or are not there: the command gives them nothing. */
import { as, prepare } from './api-server-account-kit.ts';

test('no rights are given to an account that may alter the audit anyway, or that there is not', async () => {
  expect(await prepare('postgres')).toMatchObject({ code: 1, said: expect.stringContaining('same account') });
  await as(
    'postgres',
    'CREATE ROLE great LOGIN SUPERUSER',
    'CREATE ROLE friend LOGIN',
    'GRANT postgres TO friend',
  );
  for (const account of ['great', 'friend'])
    expect(await prepare(account)).toMatchObject({
      code: 1,
      said: expect.stringContaining(`The account ${account} of DATABASE_URL may alter the audit`),
    });
  expect(await prepare('nobody_there')).toMatchObject({ code: 1 });
});
