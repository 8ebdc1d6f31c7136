import type { Permission } from '@beltline/contract';

/** Pages that the header offers, in its order, and what a user must be allowed to do to see each. */
export const PAGES = {
  overview: 'read-figures',
  belts: 'read-figures',
  compare: 'read-figures',
  recovery: 'read-figures',
  clock: 'read-figures',
  quality: 'read-figures',
  region: 'read-releases',
  standing: 'read-benchmark',
  reports: 'read-releases',
  data: 'read-catalogue',
  definitions: 'read-catalogue',
  users: 'manage-users',
  audit: 'read-audit',
} as const satisfies Record<string, Permission>;
export type PageName = keyof typeof PAGES;

export const pagesOf = (may: (permission: Permission) => boolean): PageName[] =>
  (Object.keys(PAGES) as PageName[]).filter((page) => may(PAGES[page]));
