import type { Permission } from '@beltline/contract';

/** Where somebody begins who may not see the overview: the first page that is theirs. */
export function homePage(may: (permission: Permission) => boolean): string {
  if (may('read-figures')) return 'overview';
  if (may('read-loads')) return 'data';
  if (may('read-releases')) return 'region';
  if (may('read-benchmark')) return 'standing';
  return 'home';
}
