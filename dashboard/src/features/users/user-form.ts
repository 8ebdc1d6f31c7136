import type { NewUserBody, Role, User, UserChange } from '@beltline/contract';
import type { ProblemError } from '../../api/problem-error.ts';
import { issueOf } from '../../api/useCommand.ts';

/** A user as they are typed: lists as text. */
export interface UserForm {
  name: string;
  roles: Role[];
  sources: string;
  regions: string;
  owners: string;
  isDisabled: boolean;
}

export const formOf = (user: User | null): UserForm => ({
  name: user?.name ?? '',
  roles: [...(user?.roles ?? [])],
  sources: (user?.sources ?? []).join(', '),
  regions: (user?.regions ?? []).join(', '),
  owners: (user?.owners ?? []).join('\n'),
  isDisabled: user?.isDisabled ?? false,
});

/** Also the commas of Chinese keyboards. */
const parts = (text: string, between: RegExp) =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
const listed = (text: string) => parts(text, /[\s,，、;；]+/);

/** A name may hold a comma: where no source follows one, it is the owner's own. */
const BETWEEN_OWNERS = /\n|[,，、;；]\s*(?=[a-z][a-z0-9_-]{0,31}:)|[,，、;；]\s*$/;

const givenOf = ({ roles, sources, regions, owners }: UserForm) => ({
  roles: [...roles],
  sources: listed(sources),
  regions: listed(regions),
  owners: parts(owners, BETWEEN_OWNERS),
});
export const newUserOf = (form: UserForm): NewUserBody => ({ name: form.name.trim(), ...givenOf(form) });
export const changeOf = (form: UserForm): UserChange => ({ ...givenOf(form), isDisabled: form.isDisabled });

export const FIELDS = ['name', 'roles', 'sources', 'regions', 'owners', 'isDisabled'] as const;
type Field = (typeof FIELDS)[number];

/** Which words say what the API found at fault with a field; null: nothing. */
export function fieldFault(error: ProblemError | null, field: Field): Field | 'taken' | 'alike' | null {
  const said = issueOf(error, field);
  if (said === null) return null;
  if (field !== 'name') return field;
  return said === 'is taken' ? 'taken' : likeWhom(error) === null ? field : 'alike';
}

/** Whom a name could pass for, where that is at fault. */
export const likeWhom = (error: ProblemError | null): string | null =>
  /^looks like (.*), who is there already$/.exec(issueOf(error, 'name') ?? '')?.[1] ?? null;

/** What somebody sees, in one line. */
export function scopeWords(
  { sources, regions, owners }: Pick<User, 'sources' | 'regions' | 'owners'>,
  allSources: string,
): string {
  const seen = sources.includes('*') ? allSources : sources.join(', ');
  return [seen, regions.join(', '), owners.join(', ')].filter((part) => part !== '').join(' · ') || '–';
}

/** An issuer as people know it: the name of its host. */
export const providerName = (issuer: string): string =>
  URL.canParse(issuer) ? new URL(issuer).host : issuer;

/** Users whose name, roles (as they are called here) or regions hold what is looked for. */
export function found(users: readonly User[], text: string, roleName: (role: Role) => string): User[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...users];
  return users.filter(({ name, roles, regions, sources, owners }) =>
    [name, ...roles.map(roleName), ...regions, ...sources, ...owners].some((word) =>
      word.toLowerCase().includes(wanted),
    ),
  );
}

/** The address that a one-time link opens. Behind the `#`, which no browser sends, so that it is in no log. */
export const linkOf = (token: string, origin: string): string => `${origin}/welcome#${token}`;
