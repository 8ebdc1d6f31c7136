import { dayIn } from '../format/day-in.ts';
import { looksBack, versionBy, vintageDays } from './vintage-days.ts';

const version = (dataVersion: number, publishedAt: string) => ({
  dataVersion,
  publishedAt,
  batchId: dataVersion,
  source: 'demo',
  months: [],
});

it('cuts days in the time zone of the source', () => {
  expect(dayIn('2025-01-31T16:30:00.000Z', 'Asia/Shanghai')).toBe('2025-02-01');
  expect(dayIn('2025-01-31T16:30:00.000Z', 'America/Sao_Paulo')).toBe('2025-01-31');
});

it('offers each day once, with its newest version, the newest first', () => {
  const versions = [
    version(1, '2025-01-04T02:00:00Z'),
    version(3, '2025-02-12T09:00:00Z'),
    version(2, '2025-02-12T02:00:00Z'),
  ];
  expect(vintageDays(versions, 'Asia/Shanghai')).toEqual([
    { day: '2025-02-12', dataVersion: 3 },
    { day: '2025-01-04', dataVersion: 1 },
  ]);
});

it('knows an earlier vintage from the newest, which a later day asks for too', () => {
  const source = { publishedAt: '2025-02-11T17:00:00Z', timeZone: 'Asia/Shanghai' };
  expect(['2025-02-11', '2025-02-12', '2040-01-01', undefined].map((day) => looksBack(day, source))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('names the version that was current at the end of a day in the time zone of the source', () => {
  const versions = [
    version(3, '2025-02-11T16:30:00Z'),
    version(1, '2025-01-04T02:00:00Z'),
    version(2, '2025-02-10T02:00:00Z'),
  ];
  const by = (day: string) => versionBy(versions, day, 'Asia/Shanghai')?.dataVersion ?? null;
  expect(['2025-01-03', '2025-01-04', '2025-02-09', '2025-02-11', '2025-02-12'].map(by)).toEqual([
    null,
    1,
    1,
    2,
    3,
  ]);
  expect(versionBy([], '2025-02-12', 'Asia/Shanghai')).toBeNull();
});
