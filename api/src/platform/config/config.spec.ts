import { ConfigError, readConfig } from './config.ts';

test('the defaults', () => {
  expect(readConfig({ PATH: '/bin', HOME: '/root' })).toMatchObject({
    PORT: 4680,
    HOST: '127.0.0.1',
    BELTLINE_DATA: './.data',
    BELTLINE_TIME_ZONE: 'Asia/Shanghai',
    BELTLINE_MIN_BASE: 30,
    BELTLINE_ALLOWED_HOSTS: [],
    LOG_LEVEL: 'info',
  });
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', BELTLINE_DATA: '' })).toMatchObject({
    PORT: 4680,
    BELTLINE_DATA: './.data',
  });
});

test.each([
  [{ PORT: 'eighty' }, /PORT/],
  [{ PORT: '70000' }, /PORT/],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
  [{ BELTLINE_TIME_ZONE: 'Asia/Atlantis' }, /BELTLINE_TIME_ZONE: is no IANA time zone/],
  [{ BELTLINE_DTA: '/data' }, /BELTLINE_DTA: there is no such variable/],
  [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
  [{ CLICKHOUSE_URL: 'http://user:secret@host:8123' }, /CLICKHOUSE_URL: must not hold a password/],
])('%j is refused with its name', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(ConfigError);
  expect(() => readConfig(environment)).toThrow(message);
});

test('a fault is told without the value, which may be a password', () => {
  expect(() =>
    readConfig({ CLICKHOUSE_URL: 'http://user:secret@host:8123', DATABASE_URL: 'hunter2' }),
  ).toThrow(/^(?!.*(secret|hunter2)).*$/s);
});

test('hosts are a list', () => {
  expect(
    readConfig({ BELTLINE_ALLOWED_HOSTS: 'Belts.Example, 10.0.0.5:4680,' }).BELTLINE_ALLOWED_HOSTS,
  ).toEqual(['belts.example', '10.0.0.5:4680']);
});
