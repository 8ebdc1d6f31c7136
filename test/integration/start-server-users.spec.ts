/** The product as an operator starts it on a ClickHouse server of their own, whose users are not as they must be. */
import { server, start } from './start-server-users-kit.ts';

it('does not start where the viewer sees everything', async () => {
  const { code, said } = await start({
    CLICKHOUSE_VIEWER_USER: 'reader',
    CLICKHOUSE_VIEWER_PASSWORD: server.environment['CLICKHOUSE_READER_PASSWORD'] ?? '',
  });
  expect(said).toMatch(/reader \(CLICKHOUSE_VIEWER_USER\) sees rows without a scope/);
  expect(code).not.toBe(0);
});
