/** What pages change that are not the first: apart from the questions, so that the first page does not load it. */
import type {
  AddedUser,
  ImportDone,
  ImportPlan,
  MailAnswer,
  MadeToken,
  NewMailAddress,
  NewSubscription,
  NewToken,
  NewUserBody,
  OneTimeLink,
  Publication,
  PublicationToPrepare,
  User,
  UserChange,
  VerifyAnswer,
} from '@beltline/contract';
import { write } from './http-client.ts';
import { publicationPath, userPath } from './resource-paths.ts';

/** One's own mail; and what links of mails do, for whoever holds one. */
export const mailCommands = {
  setAddress: (body: NewMailAddress) => write<MailAnswer>('PUT', '/mail/address', { body }),
  removeAddress: () => write<null>('DELETE', '/mail/address', {}),
  subscribe: (body: NewSubscription) => write<MailAnswer>('PUT', '/mail/subscriptions', { body }),
  unsubscribe: (id: string) => write<null>('DELETE', `/mail/subscriptions/${encodeURIComponent(id)}`, {}),
  confirm: (token: string) => write<null>('POST', '/mail/confirm', { body: { token } }),
  endBy: (token: string) => write<null>('POST', `/mail/unsubscribe?token=${encodeURIComponent(token)}`, {}),
};

/** One's own API tokens. */
export const tokenCommands = {
  make: (body: NewToken) => write<MadeToken>('POST', '/tokens', { body }),
  revoke: (id: string) => write<null>('DELETE', `/tokens/${encodeURIComponent(id)}`, {}),
};

/** Commands on a user name the state of them that the administrator has seen; another one is refused. */
export type KnownUser = Pick<User, 'id' | 'etag'>;
export const userCommands = {
  add: (body: NewUserBody) => write<AddedUser>('POST', '/users', { body }),
  change: ({ id, etag }: KnownUser, body: UserChange) =>
    write<User>('PUT', userPath(id), { body, ifMatch: etag }),
  link: (id: string) => write<OneTimeLink>('POST', `${userPath(id)}/link`, {}),
  endSession: (id: string, session: string) =>
    write<null>('DELETE', `${userPath(id)}/sessions/${encodeURIComponent(session)}`, {}),
  endSessions: (id: string) => write<null>('DELETE', `${userPath(id)}/sessions`, {}),
  revokeToken: (id: string, token: string) =>
    write<null>('DELETE', `${userPath(id)}/tokens/${encodeURIComponent(token)}`, {}),
  revokeTokens: (id: string) => write<null>('DELETE', `${userPath(id)}/tokens`, {}),
};

/** Publishing in two steps, the second of which names what was seen; and whether a file, in base64, is one of ours. */
export const publicationCommands = {
  prepare: (body: PublicationToPrepare) => write<Publication>('POST', '/reports', { body }),
  release: ({ id, etag }: Pick<Publication, 'id' | 'etag'>) =>
    write<Publication>('POST', `${publicationPath(id)}/release`, { ifMatch: etag }),
  withdraw: ({ id, etag }: Pick<Publication, 'id' | 'etag'>) =>
    write<null>('POST', `${publicationPath(id)}/withdraw`, { ifMatch: etag }),
  tryAgain: (job: string) => write<null>('POST', `/reports/jobs/${encodeURIComponent(job)}/retry`, {}),
  verify: (body: { content: string }) => write<VerifyAnswer>('POST', '/reports/verify', { body }),
};

/** A file of users, in base64: what it would do, and doing what a plan said. */
export const importCommands = {
  plan: (content: string) => write<ImportPlan>('POST', '/users/import/plan', { body: { content } }),
  carryOut: (content: string, etag: string) =>
    write<ImportDone>('POST', '/users/import', { body: { content }, ifMatch: etag }),
};
