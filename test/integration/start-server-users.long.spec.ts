/** The product as an operator starts it on a ClickHouse server: where its users are as they must be, and each way in which one is missing. */
import { ADDRESS, start } from './start-server-users-kit.ts';

it('starts where both are as they must be', async () => {
  const { code, said } = await start({});
  expect(said).not.toMatch(/users\.xml/);
  expect(said).toMatch(ADDRESS);
  expect(code).toBe(0);
});

it.each([
  [
    'a wrong password',
    { CLICKHOUSE_VIEWER_PASSWORD: 'wrong' },
    /does not let in viewer.*CLICKHOUSE_VIEWER_PASSWORD/,
  ],
  ['no such user', { CLICKHOUSE_VIEWER_USER: 'nobody' }, /does not let in nobody.*CLICKHOUSE_VIEWER_USER/],
  ['no reader', { CLICKHOUSE_READER_PASSWORD: '' }, /does not let in reader.*CLICKHOUSE_READER_PASSWORD/],
])('does not start, and names the user, the setting and the remedy: %s', async (_, settings, words) => {
  const { code, said } = await start(settings);
  expect(said).toMatch(words);
  expect(said).toMatch(/docker\/clickhouse\/users\.xml/);
  expect(code).not.toBe(0);
});
