/**
 * Who may do what: the one list that the API's guard, the dashboard's menus and the tests read. Without schemas, so that a page which
 * shows a menu need not carry them. `docs/access.md` says the same by route, and a test holds both together.
 */

/** What a user is here for (角色). One user may have several; what they may do is what any of them may. */
export const ROLES = ['strategist', 'official', 'merchant', 'engineer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Everything that can be allowed. A route needs exactly one, or is `public`. */
export const PERMISSIONS = [
  /** One's own session and password. */
  'own-session',
  /** A second factor for one's own account, to be turned on. Who has one may see to it and turn it off by `own-session`. */
  'own-second-factor',
  /** One's own API tokens. A token itself cannot make another. */
  'own-tokens',
  /** The description of the API. */
  'read-description',
  /** Which sources and data versions are published, and what indicators mean. */
  'read-catalogue',
  /** Whatever is computed from orders, and lists that count merchants. */
  'read-figures',
  /** What disclosure control has let out of a month, of the areas that are theirs. */
  'read-releases',
  /** Their own legal owners' figures, and where these stand among peers. */
  'read-benchmark',
  /** One's own e-mail address, and what is sent there. */
  'own-mail',
  /** Preparing publications of what was released, and releasing them under a number. */
  'publish-reports',
  'read-notes',
  /** Writing notes where one sees them, and changing and removing one's own. */
  'write-notes',
  /** Changing and removing also what others wrote, of whom some are gone. */
  'change-any-note',
  /** Which batches loaded the lines behind figures. */
  'read-lineage',
  /** Loads, their files, and rows that they rejected, which hold what the source had written. */
  'read-loads',
  /** Mail that could not be delivered, and to whom. */
  'read-mail',
  /** How the program and loads are doing, in numbers that hold nothing of any order. */
  'read-metrics',
  'manage-users',
  'read-audit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a route asks of its caller; `public` is answered to anybody who reaches the port. */
export type RouteAccess = Permission | 'public';

const OWN = ['own-session', 'own-tokens', 'read-description'] as const;

/**
 * What each role may do. Officials get what disclosure control has released of their regions, and no figure besides; merchants get their own,
 * and what may be shown of their peers. What is withheld is decided by it, and not by this table.
 */
export const PERMISSIONS_OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  strategist: [
    ...OWN,
    'read-catalogue',
    'read-figures',
    'read-releases',
    'own-mail',
    'publish-reports',
    ...(['read-notes', 'write-notes', 'change-any-note'] as const),
    'read-lineage',
  ],
  official: [...OWN, 'read-releases', 'own-mail'],
  merchant: [...OWN, 'read-benchmark', 'own-mail'],
  engineer: [...OWN, 'read-catalogue', 'read-lineage', 'read-loads', 'read-mail', 'read-metrics'],
  administrator: [...OWN, 'own-second-factor', 'read-mail', 'manage-users', 'read-audit'],
};

/** What somebody with these roles may do, in the order of `PERMISSIONS`. */
export const permissionsOf = (roles: readonly Role[]): Permission[] =>
  PERMISSIONS.filter((permission) => roles.some((role) => PERMISSIONS_OF_ROLE[role].includes(permission)));

/** What only a person may do themselves, and no program as them. */
const NO_TOKEN = ['own-session', 'own-second-factor', 'own-tokens', 'own-mail', 'manage-users'] as const;

/** What a token may be allowed, as far as its owner is: it is no session, makes no other token, sends no mail elsewhere, and manages nobody. */
export const TOKEN_PERMISSIONS = PERMISSIONS.filter(
  (permission): permission is Exclude<Permission, (typeof NO_TOKEN)[number]> =>
    !(NO_TOKEN as readonly Permission[]).includes(permission),
);
export type TokenPermission = (typeof TOKEN_PERMISSIONS)[number];

/** What the audit tells of. Names of events are for ever: whoever filters an audit of years ago uses them. */
export const AUDIT_EVENTS = [
  'signed-in',
  'sign-in-failed',
  'sign-in-delayed',
  'signed-out',
  'signed-out-everywhere',
  'refused',
  'password-changed',
  'password-reset',
  'user-added',
  'user-changed',
  'user-disabled',
  'user-enabled',
  'link-made',
  'link-used',
  'link-failed',
  'token-made',
  'token-revoked',
  'session-ended',
  'users-imported',
  'code-asked',
  'code-failed',
  'second-factor-on',
  'second-factor-off',
  'recovery-codes-made',
  'recovery-code-used',
  'exported',
  'report-prepared',
  'report-released',
  'report-withdrawn',
  'mail-changed',
  'mailed',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];
