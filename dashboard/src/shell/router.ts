import type { Permission } from '@beltline/contract';
import { createRouter, createWebHistory } from 'vue-router';
import type { Further } from '../i18n/translate.ts';
import { fetchAnew, pageArrived } from './gone-chunk.ts';
import {
  AREA_CHOICES,
  BELT_CHOICES,
  CLOCK_CHOICES,
  OVERVIEW_CHOICES,
  type PageChoices,
  TABLE_CHOICES,
} from './page-choices.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page compares periods, so the period picker stands above it. */
    compared?: boolean;
    /** The page reads earlier vintages, without comparing periods. */
    dated?: boolean;
    /** What a user must be allowed to do to be shown the page, which shows figures or what they come from. Without it the page is everybody's who is signed in. */
    needs?: Permission;
    /** Nothing on the page comes from a source of orders, so it is shown also where none is loaded. */
    sourceless?: boolean;
    /** Words that the page says beside those of all pages. */
    words?: readonly Further[];
    /** For who is not signed in; also where somebody else is. */
    open?: boolean;
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
      meta: { needs: 'read-figures', compared: true, choices: OVERVIEW_CHOICES },
      component: () => import('../features/overview/OverviewPage.vue'),
    },
    {
      path: '/belts',
      name: 'belts',
      meta: { needs: 'read-figures', compared: true, choices: TABLE_CHOICES, words: ['belts'] },
      component: () => import('../features/belts/BeltsPage.vue'),
    },
    {
      path: '/belts/:beltId',
      name: 'belt',
      meta: {
        needs: 'read-figures',
        compared: true,
        choices: BELT_CHOICES,
        words: ['recovery', 'revisions'],
      },
      component: () => import('../features/belt/BeltPage.vue'),
    },
    {
      path: '/compare',
      name: 'compare',
      meta: { needs: 'read-figures', compared: true, words: ['sideBySide'] },
      component: () => import('../features/compare/ComparePage.vue'),
    },
    {
      path: '/clock',
      name: 'clock',
      meta: { needs: 'read-figures', dated: true, choices: CLOCK_CHOICES, words: ['clock'] },
      component: () => import('../features/clock/ClockPage.vue'),
    },
    {
      path: '/recovery',
      name: 'recovery',
      meta: {
        needs: 'read-figures',
        compared: true,
        choices: AREA_CHOICES,
        words: ['recovery', 'revisions'],
      },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/province/:province',
      name: 'province',
      meta: {
        needs: 'read-figures',
        compared: true,
        choices: AREA_CHOICES,
        words: ['recovery', 'revisions'],
      },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/city/:province/:city',
      name: 'city',
      meta: {
        needs: 'read-figures',
        compared: true,
        choices: AREA_CHOICES,
        words: ['recovery', 'revisions'],
      },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/areas/category/:category',
      name: 'category',
      meta: {
        needs: 'read-figures',
        compared: true,
        choices: AREA_CHOICES,
        words: ['recovery', 'revisions'],
      },
      component: () => import('../features/area/AreaPage.vue'),
    },
    {
      path: '/quality',
      name: 'quality',
      meta: { needs: 'read-figures', dated: true, words: ['quality', 'data'] },
      component: () => import('../features/quality/QualityPage.vue'),
    },
    {
      path: '/region',
      name: 'region',
      meta: { needs: 'read-releases', sourceless: true, words: ['releases', 'reports'] },
      component: () => import('../features/releases/RegionPage.vue'),
    },
    {
      path: '/standing',
      name: 'standing',
      meta: { needs: 'read-benchmark', sourceless: true, words: ['benchmark', 'mail', 'reports'] },
      component: () => import('../features/benchmark/StandingPage.vue'),
    },
    {
      path: '/standing/definitions',
      name: 'standing-definitions',
      meta: { needs: 'read-benchmark', sourceless: true, words: ['benchmark'] },
      component: () => import('../features/benchmark/StandingDefinitionsPage.vue'),
    },
    {
      path: '/reports',
      name: 'reports',
      meta: { needs: 'read-releases', sourceless: true, words: ['reports', 'mail'] },
      component: () => import('../features/reports/ReportsPage.vue'),
    },
    {
      path: '/data',
      name: 'data',
      meta: { needs: 'read-catalogue', words: ['data', 'mail', 'reports'] },
      component: () => import('../features/data/DataPage.vue'),
    },
    {
      path: '/definitions',
      name: 'definitions',
      meta: { needs: 'read-catalogue' },
      component: () => import('../features/definitions/DefinitionsPage.vue'),
    },
    {
      path: '/account',
      name: 'account',
      meta: { words: ['account'] },
      component: () => import('../features/account/AccountPage.vue'),
    },
    {
      path: '/users',
      name: 'users',
      meta: {
        needs: 'manage-users',
        sourceless: true,
        words: ['account', 'administration', 'mail', 'reports'],
      },
      component: () => import('../features/users/UsersPage.vue'),
    },
    {
      path: '/users/import',
      name: 'user-import',
      meta: { needs: 'manage-users', sourceless: true, words: ['account', 'administration'] },
      component: () => import('../features/users/UserImportPage.vue'),
    },
    {
      path: '/users/:userId',
      name: 'user',
      meta: { needs: 'manage-users', sourceless: true, words: ['account', 'administration'] },
      component: () => import('../features/users/UserAccessPage.vue'),
    },
    {
      path: '/audit',
      name: 'audit',
      meta: { needs: 'read-audit', sourceless: true, words: ['administration'] },
      component: () => import('../features/audit/AuditPage.vue'),
    },
    {
      path: '/welcome',
      name: 'welcome',
      meta: { open: true, words: ['account'] },
      component: () => import('../features/account/WelcomePage.vue'),
    },
    {
      path: '/mail/confirm',
      name: 'mail-confirm',
      meta: { open: true, words: ['mail'] },
      component: () => import('../features/mail/MailLinkPage.vue'),
      props: { does: 'confirm' },
    },
    {
      path: '/mail/unsubscribe',
      name: 'mail-unsubscribe',
      meta: { open: true, words: ['mail'] },
      component: () => import('../features/mail/MailLinkPage.vue'),
      props: { does: 'end' },
    },
    { path: '/home', name: 'home', component: () => import('../session/HomePage.vue') },
    { path: '/:path(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
  ],
  scrollBehavior(to, from, saved) {
    if (saved) return saved;
    // A secret is no place on a page.
    if (to.hash && !to.meta.open) return { el: `#${CSS.escape(to.hash.slice(1))}`, top: 16 };
    return to.path === from.path ? false : { top: 0 };
  },
});

router.onError((cause, to) => void fetchAnew(cause, router.resolve(to.fullPath).href));
router.afterEach((_to, _from, failure) => {
  if (!failure) pageArrived();
});
