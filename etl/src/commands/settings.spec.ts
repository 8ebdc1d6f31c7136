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
    BELTLINE_SUMS_MB: '1',
    BELTLINE_MERCHANTS_MB: '1',
    BELTLINE_ETL_TRACE: '1',
    PATH: '/bin',
  });
});

test('the size of the demo is that of the whole product', () => {
  const lines = (BELTLINE_DEMO_LINES?: string) => settingsOf({ BELTLINE_DEMO_LINES }).BELTLINE_DEMO_LINES;
  expect([lines('20000'), lines('2e6'), lines(''), lines()]).toEqual([
    20_000,
    2_000_000,
    undefined,
    undefined,
  ]);
});
