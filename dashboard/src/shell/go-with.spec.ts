import { createMemoryHistory, createRouter } from 'vue-router';
import { goWith } from './go-with.ts';

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
