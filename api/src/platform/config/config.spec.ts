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

test('numbers are those that are written, blanks about them aside', () => {
  expect(readConfig({ PORT: ' 8080 ', BELTLINE_DEAD_BAND: '0.05' })).toMatchObject({
    PORT: 8080,
    BELTLINE_DEAD_BAND: 0.05,
  });
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', BELTLINE_DATA: '' })).toMatchObject({
    PORT: 4680,
    BELTLINE_DATA: './.data',
  });
});

/** Weights of all parts but the last, and that one. */
const weights = (last: string, each = 2): string =>
  [
    ...['goods', 'service', 'fulfilment', 'after-sales', 'new-products', 'hits'].map(
      (name) => `${name}=${each}`,
    ),
    last,
  ].join(' ');

test.each([
  [{ PORT: 'eighty' }, /PORT/],
  [{ PORT: '70000' }, /PORT/],
  [{ PORT: '0x1500' }, /PORT: must be a whole number/],
  [{ PORT: '1e3' }, /PORT/],
  [{ PORT: '+80' }, /PORT/],
  [{ PORT: '80.0' }, /PORT/],
  [{ BELTLINE_DEAD_BAND: '5e-2' }, /BELTLINE_DEAD_BAND: must be a number from 0 to 0.5/],
  [{ BELTLINE_DEAD_BAND: '.05' }, /BELTLINE_DEAD_BAND/],
  [{ BELTLINE_DEAD_BAND: '0.6' }, /BELTLINE_DEAD_BAND/],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
  [{ BELTLINE_RANK_WEIGHTS: 'goods=1' }, /BELTLINE_RANK_WEIGHTS: must name each of goods, service/],
  [{ BELTLINE_RANK_WEIGHTS: weights('price=-1') }, /BELTLINE_RANK_WEIGHTS/],
  [{ BELTLINE_RANK_WEIGHTS: weights('goods=1') }, /BELTLINE_RANK_WEIGHTS/],
  [{ BELTLINE_RANK_WEIGHTS: weights('price=0', 0) }, /BELTLINE_RANK_WEIGHTS/],
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
