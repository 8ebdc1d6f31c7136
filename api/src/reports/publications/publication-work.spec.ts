/** What is made by itself: of which areas, when, and whether it is released too. */
import { vi } from 'vitest';
import type { DemoUsers } from '../../access/demo-users.ts';
import type { UsersService } from '../../access/users.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import type { AreaInMonth, ReleasedAreas } from '../../releases/released-areas.service.ts';
import type { PublicationMaker } from './publication-maker.service.ts';
import { PublicationWork } from './publication-work.ts';

const belt = (id: string, adcode: string) => ({ id, adcode });
const area = (of: Partial<AreaInMonth>): AreaInMonth => ({
  ...{ source: 's', month: '2025-01', kind: 'belt', id: 'b', name: { zh: '名', en: 'name' } },
  ...{ belts: [belt('b', '330110')], months: ['2024-01', '2025-01'], hasLeavers: false },
  isAwaiting: false,
  ...of,
});
function working(areas: readonly AreaInMonth[], set: Partial<ApiConfig> = {}) {
  const maker = {
    prepareByItself: vi.fn(() => Promise.resolve({ id: 'made' } as { id: string } | null)),
    publish: vi.fn(() => Promise.resolve()),
  };
  const config = {
    ...{ BELTLINE_REPORTS: 'release', BELTLINE_REPORT_MONTHS: 2, BELTLINE_TIME_ZONE: 'Asia/Shanghai' },
    ...{ BELTLINE_REPORT_AREAS: ['nation', 'province', 'city', 'belt'] },
    ...set,
  } as ApiConfig;
  const officials = () => Promise.resolve([{ sources: ['s'], regions: ['3301'] }]);
  const work = new PublicationWork(
    { latest: () => Promise.resolve(areas) } as unknown as ReleasedAreas,
    maker as unknown as PublicationMaker,
    { officials } as unknown as UsersService,
    { offered: () => Promise.resolve([]) } as unknown as DemoUsers,
    config,
  );
  return {
    work,
    maker,
    wanted: async () => (await work.wanted()).map(({ of }) => `${of.kind} ${of.region}`),
  };
}
const ALL = [
  area({ kind: 'nation', id: '', belts: [] }),
  area({ kind: 'province', id: 'Q', belts: [belt('q', '440305')] }),
  area({ kind: 'city', id: 'P/C', belts: [belt('b', '330110'), belt('c', '330109')] }),
  area({ kind: 'city', id: 'P/D', belts: [belt('b', '330110'), belt('d', '330203')] }),
  area({}),
  area({ id: 'q', belts: [belt('q', '440305')] }),
  area({ id: 'none', belts: [belt('none', '')] }),
];

afterEach(() => vi.useRealTimers());

test('the nation and every province, and the belts and cities that an official has whole', async () => {
  expect(await working(ALL).wanted()).toEqual(['nation ', 'province Q', 'belt b', 'city P/C']);
  expect(await working(ALL, { BELTLINE_REPORT_AREAS: ['belt'] }).wanted()).toEqual(['belt b']);
  expect(await working(ALL, { BELTLINE_REPORTS: 'off' }).wanted()).toEqual([]);
  expect(await working(ALL, { BELTLINE_REPORT_MONTHS: 0 }).wanted()).toEqual([]);
});

test('belts and cities wait for a month that is on its way, the nation and provinces do not', async () => {
  const awaiting = ALL.map((one) => ({ ...one, isAwaiting: true }));
  expect(await working(awaiting).wanted()).toEqual(['nation ', 'province Q']);
});

test('what comes after a report was made has it looked at once more, and not before all is there', async () => {
  const nameOf = async (of: Partial<AreaInMonth>) =>
    JSON.stringify(
      (await working([area({ ...of, kind: 'nation', id: '', belts: [] })]).work.wanted())[0]?.name,
    );
  const first = await nameOf({ months: ['2025-01'], isAwaiting: true });
  expect(await nameOf({ months: ['2024-01', '2025-01'], isAwaiting: true })).toBe(first);
  const all = ['2021-01', '2024-01', '2025-01'];
  const names = [
    first,
    await nameOf({ months: ['2024-01', '2025-01'] }),
    await nameOf({ months: all }),
    await nameOf({ months: all, hasLeavers: true }),
  ];
  expect(new Set(names).size).toBe(4);
});

test('before its day a report is prepared, and on it looked at once more and released', async () => {
  vi.useFakeTimers({ now: new Date('2025-02-14T15:59:59Z') });
  const { work, maker } = working([area({})], { BELTLINE_REPORT_DAY: 15 });
  const [before] = await work.wanted();
  await work.make({ source: 's', month: '2025-01', kind: 'belt', region: 'b' });
  expect([maker.prepareByItself.mock.calls.length, maker.publish.mock.calls.length]).toEqual([1, 0]);
  // Midnight of the fifteenth in the business time zone.
  vi.setSystemTime(new Date('2025-02-14T16:00:00Z'));
  const [after] = await work.wanted();
  expect(after?.name).not.toEqual(before?.name);
  await work.make({ source: 's', month: '2025-01', kind: 'belt', region: 'b' });
  expect(maker.publish.mock.calls).toEqual([['made', expect.anything()]]);
});

test('what a person has withdrawn is not released by itself, and nothing is where a person is to release it', async () => {
  const withdrawn = working([area({})]);
  withdrawn.maker.prepareByItself.mockResolvedValue(null);
  const byHand = working([area({})], { BELTLINE_REPORTS: 'prepare' });
  for (const { work, maker } of [withdrawn, byHand]) {
    await work.make({ source: 's', month: '2025-01', kind: 'belt', region: 'b' });
    expect(maker.publish).not.toHaveBeenCalled();
  }
});
