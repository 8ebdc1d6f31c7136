import type { KnownUser } from './known-users.ts';

/** An administrator who can get in by themselves. One who has not come yet, or whom an identity provider must vouch for, cannot be relied on. */
export const isUsableAdministrator = ({
  isDemo,
  hasPassword,
  state,
}: Pick<KnownUser, 'isDemo' | 'hasPassword' | 'state'>): boolean =>
  !isDemo && hasPassword && !state.isDisabled && state.roles.includes('administrator');
