import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsOf } from './settings.ts';

test.each([
  [{ BELTLINE_TIMEZONE: 'Europe/Berlin' }, 'BELTLINE_TIMEZONE: there is no such variable'],
  [{ BELTLINE_TIME_ZONE: 'Nowhere/At_All' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
  [{ BELTLINE_TIME_ZONE: '+08:00' }, 'BELTLINE_TIME_ZONE: is no IANA time zone'],
  [{ BELTLINE_DEMO_LINES: '9999' }, /BELTLINE_DEMO_LINES: .*10000/],
  [{ BELTLINE_DEMO_LINES: '2 million' }, /BELTLINE_DEMO_LINES: .*number/],
  [{ BELTLINE_MIN_BASE: 'x' }, 'BELTLINE_MIN_BASE: '],
  [{ BELTLINE_DEAD_BAND: '2 %' }, 'BELTLINE_DEAD_BAND: '],
  [{ LOG_LEVEL: 'foo' }, 'LOG_LEVEL: '],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: must be a URL'],
  [{ CLICKHOUSE_URL: 'nonsense' }, /^Configuration: CLICKHOUSE_URL: must be a URL such as \S+$/],
  [{ BELTLINE_MIN_BASE: ' ' }, 'BELTLINE_MIN_BASE: is blank'],
  [{ BELTLINE_SUMS_MB: '\t' }, 'BELTLINE_SUMS_MB: is blank'],
  [{ BELTLINE_DATA: '  ' }, 'BELTLINE_DATA: is blank'],
  [{ PORT: ' ' }, 'PORT: is blank'],
  [{ Beltline_Data: '/x' }, 'Beltline_Data: there is no such variable'],
  [
    { BELTLINE_ALLOWED_HOSTS: 'a.example,http://b.example/' },
    'BELTLINE_ALLOWED_HOSTS: must be names of hosts',
  ],
  [{ BELTLINE_ALLOWED_HOSTS: '*.example' }, 'BELTLINE_ALLOWED_HOSTS: must be names of hosts'],
  [{ BELTLINE_ALLOWED_HOSTS: 'a b' }, 'BELTLINE_ALLOWED_HOSTS: must be names of hosts'],
  [{ BELTLINE_DATA: '/dev/null' }, 'BELTLINE_DATA: is a file'],
  [{ BELTLINE_DATA: `${import.meta.filename}/data/deeper` }, 'BELTLINE_DATA: is a file'],
])('%j is refused with its name', (environment, message) => {
  expect(() => settingsOf(environment)).toThrow(message);
});

test.each(['away', 'away/deeper', 'round'])(
  'a data directory on a disk that is away is refused: %s',
  (path) => {
    const folder = mkdtempSync(join(tmpdir(), 'beltline settings-'));
    symlinkSync(join(folder, 'not mounted'), join(folder, 'away'));
    symlinkSync(join(folder, 'round'), join(folder, 'round'));
    expect(() => settingsOf({ BELTLINE_DATA: join(folder, path) })).toThrow(
      'BELTLINE_DATA: is a link that leads nowhere',
    );
    rmSync(folder, { recursive: true });
  },
);

test('what is known, empty, or of other programs is not', () => {
  settingsOf({
    BELTLINE_TIME_ZONE: 'Europe/Berlin',
    BELTLINE_DATA: '/x/y',
    BELTLINE_NO: '',
    BELTLINE_ALLOWED_HOSTS: 'localhost, 127.0.0.1:4681,[::1],[::1]:80,产业带.example,',
    BELTLINE_SUMS_MB: '1',
    BELTLINE_MERCHANTS_MB: '1',
    BELTLINE_ETL_TRACE: '1',
    PATH: '/bin',
  });
});

test('the size of the demo is that of the whole product', () => {
  const lines = (BELTLINE_DEMO_LINES?: string) => settingsOf({ BELTLINE_DEMO_LINES }).BELTLINE_DEMO_LINES;
  expect([lines('20000'), lines('2000000'), lines(''), lines()]).toEqual([
    20_000,
    2_000_000,
    undefined,
    undefined,
  ]);
  expect(() => lines('2e6')).toThrow(/BELTLINE_DEMO_LINES: must be a whole number/);
});
