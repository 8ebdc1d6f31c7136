import { createMemoryHistory, createRouter } from 'vue-router';
import type { Source } from '@beltline/contract';
import { chosenTracks, toggledTracks } from './chosen-tracks.ts';
import { goWith } from './go-with.ts';
import { endingAt, startingAt } from './period-presets.ts';
import { readViewState } from './view-state.ts';

const pages = () => {
  const page = { render: () => null };
  return createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/data', component: page },
    ],
  });
};

it('keeps all choices of one moment', async () => {
  const router = pages();
  await router.push('/?source=demo&measure=gmv');
  await Promise.all([
    goWith(router, { track: 'custom' }, 'push'),
    goWith(router, { measure: 'orders' }, 'push'),
    goWith(router, { source: undefined }, 'replace'),
  ]);
  expect(router.currentRoute.value.query).toEqual({ track: 'custom', measure: 'orders' });
});

it('begins anew from the page that somebody went to', async () => {
  const router = pages();
  await router.push('/?measure=gmv');
  const chosen = goWith(router, { track: 'custom' }, 'push');
  await Promise.all([chosen, router.push('/data?measure=orders')]);
  await goWith(router, { load: '7' }, 'push');
  expect(router.currentRoute.value.fullPath).toBe('/data?measure=orders&load=7');
});

it('counts a choice from what was chosen in the same moment, not from what was on the screen', async () => {
  const router = pages();
  const source = {
    months: { from: '2022-01', to: '2025-02' },
    defaultPeriod: { from: '2024-01', to: '2024-12' },
  } as Source;
  const period = () => readViewState(router.currentRoute.value.query, source);
  const from = (month: string) =>
    goWith(router, (query) => startingAt(month, readViewState(query, source)), 'push');
  const to = (month: string) =>
    goWith(router, (query) => endingAt(month, readViewState(query, source)), 'push');
  await router.push('/?from=2023-01&to=2023-06');
  await Promise.all([from('2024-03'), to('2024-09')]);
  expect(period()).toMatchObject({ from: '2024-03', to: '2024-09' });
  await Promise.all([to('2022-09'), from('2022-03')]);
  expect(period()).toMatchObject({ from: '2022-03', to: '2022-09' });
  await Promise.all(
    ['offline', 'custom'].map((track) =>
      goWith(router, (query) => ({ tracks: toggledTracks(chosenTracks(query), track) }), 'push'),
    ),
  );
  expect(chosenTracks(router.currentRoute.value.query)).toEqual(['distribution', 'cross-border', 'offline']);
});
