/** What is to come for a reader is after the last report of theirs, however many of others' have later numbers. */
import { NOBODY, type Viewer } from '../../access/viewer.ts';
import { readConfig } from '../../platform/config/config.ts';
import type { ReleaseQueue } from '../../releases/release-queue.service.ts';
import type { ReleasesService } from '../../releases/releases.service.ts';
import { PublicationAgenda } from './publication-agenda.service.ts';
import type { PublicationStore } from './publication-store.service.ts';

const official: Viewer = { ...NOBODY, sources: ['s'], regions: ['33'] };
type Latest = Awaited<ReturnType<PublicationStore['latestMonths']>>[number];
const row = (month: string, adcode: string): Latest => ({
  ...{ kind: 'belt', month },
  belts: [{ id: adcode, adcode }],
});
const firstOf = async (rows: readonly Latest[]) => {
  const store = { latestMonths: () => Promise.resolve(rows) };
  const name = { zh: '源', en: 'Source' };
  const months = [{ source: 's', name, released: ['2024-12', '2025-01', '2024-11'], through: '2025-02' }];
  const agenda = new PublicationAgenda(
    { months: () => Promise.resolve(months) } as unknown as ReleasesService,
    store as unknown as PublicationStore,
    {} as ReleaseQueue,
    readConfig({ BELTLINE_REPORT_DAY: '5' }),
  );
  return (await agenda.calendar(official, undefined)).coming[0];
};
const others = (month: string) => Array.from({ length: 450 }, () => row(month, '440300'));

test('a report that came out is not to come, whatever came out after it', async () => {
  const rows = [
    ...others('2024-11'),
    ...others('2025-01'),
    row('2025-01', '330100'),
    row('2024-12', '330100'),
  ];
  expect(await firstOf(rows)).toMatchObject({ month: '2025-02', day: '2025-03-05', isLetOut: false });
});

test('what came out of others alone is to come', async () => {
  const rows = [...others('2025-01'), row('2024-12', '330100')];
  expect(await firstOf(rows)).toMatchObject({ month: '2025-01', isLetOut: true });
  expect(await firstOf(others('2025-01'))).toMatchObject({ month: '2025-01', isLetOut: true });
});
