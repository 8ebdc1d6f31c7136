import { createRouter, createWebHistory } from 'vue-router';
import { fetchAnew, pageArrived } from './gone-chunk.ts';
import {
  AREA_CHOICES,
  BELT_CHOICES,
  CLOCK_CHOICES,
  OVERVIEW_CHOICES,
  type PageChoices,
} from './page-choices.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page compares periods, so the period picker stands above it. */
    compared?: boolean;
    /** The page reads earlier vintages, without comparing periods. */
    dated?: boolean;
    /** What the page has in its address beside what all have. */
    choices?: PageChoices;
  }
}

/** Each page is a chunk of its own. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      name: 'overview',
      meta: { compared: true, choices: OVERVIEW_CHOICES },
      component: () => import('../features/overview/OverviewPage.vue'),
    },
    {
      path: '/belts/:beltId',
      name: 'belt',
      meta: { compared: true, choices: BELT_CHOICES },
      component: () => import('../features/belt/BeltPage.vue'),
    },
    {
      path: '/clock',
      name: 'clock',
      meta: { dated: true, choices: CLOCK_CHOICES },
      component: () => import('../features/clock/ClockPage.vue'),
    },
    {
      path: '/recovery',
      name: 'recovery',
      meta: { compared: true, choices: AREA_CHOICES },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/province/:province',
      name: 'province',
      meta: { compared: true, choices: AREA_CHOICES },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/city/:province/:city',
      name: 'city',
      meta: { compared: true, choices: AREA_CHOICES },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/category/:category',
      name: 'category',
      meta: { compared: true, choices: AREA_CHOICES },
      component: () => import('../features/area/AreaPage.vue'),
    },
    { path: '/data', name: 'data', component: () => import('../features/data/DataPage.vue') },
    {
      path: '/definitions',
      name: 'definitions',
      component: () => import('../features/definitions/DefinitionsPage.vue'),
    },
    { path: '/:path(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
  ],
  scrollBehavior(to, from, saved) {
    if (saved) return saved;
    if (to.hash) return { el: `#${CSS.escape(to.hash.slice(1))}`, top: 16 };
    return to.path === from.path ? false : { top: 0 };
  },
});

router.onError((cause, to) => void fetchAnew(cause, router.resolve(to.fullPath).href));
router.afterEach((_to, _from, failure) => {
  if (!failure) pageArrived();
});
