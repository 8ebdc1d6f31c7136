import type {
  AddedUser,
  Annotation,
  AnnotationBody,
  AnnotationsAnswer,
  AnswerOf,
  ApiTokensAnswer,
  AuditAnswer,
  AuditChain,
  AuditEvent,
  BegunSecondFactor,
  BeltAnswer,
  BeltsAnswer,
  BothShown,
  CodeShown,
  DataVersionsAnswer,
  DefinitionsAnswer,
  Health,
  LineageAnswer,
  LinkUse,
  LoadAnswer,
  LoadsAnswer,
  MadeRecoveryCodes,
  MadeToken,
  NewToken,
  NewUserBody,
  OneTimeLink,
  OwnSecondFactor,
  OwnSessionsAnswer,
  PasswordChange,
  QueryTo,
  RejectsAnswer,
  SecondFactorStart,
  Session,
  SignIn,
  SourcesAnswer,
  User,
  UserChange,
  UsersAnswer,
  WaysIn,
} from '@beltline/contract';
import { INDICATOR_PATHS, type IndicatorName } from '@beltline/contract/paths';
import { HEADLINE_MEASURES } from '../shell/vocabulary.ts';
import { ask, askWhatever, questionPath, write, type Question } from './http-client.ts';

/** Every question that the dashboard asks. The names and spellings are the contract's. */

const get = <A>(path: string, query?: Parameters<typeof questionPath>[1]): Question<A> => ({
  path: questionPath(path, query),
});

/** Every indicator of the contract, under its name. */
type Indicators = { readonly [N in IndicatorName]: (query: QueryTo<N>) => Question<AnswerOf<N>> };
const indicators = Object.fromEntries(
  Object.entries(INDICATOR_PATHS).map(([name, path]) => [
    name,
    (query: Parameters<typeof questionPath>[1]) => get(path, query),
  ]),
) as unknown as Indicators;

export const questions = {
  ...indicators,
  /** The measures that the dashboard shows: buyers over many months cost more than all of these. */
  growth: (query: Omit<QueryTo<'growth'>, 'measures'>) =>
    indicators.growth({ ...query, measures: HEADLINE_MEASURES }),
  growthUncertainty: (query: Omit<QueryTo<'growthUncertainty'>, 'measures'>) =>
    indicators.growthUncertainty({ ...query, measures: HEADLINE_MEASURES }),
  sources: () => get<SourcesAnswer>('/sources'),
  definitions: () => get<DefinitionsAnswer>('/definitions'),
  belts: (query: { source: string; q?: string }) => get<BeltsAnswer>('/belts', query),
  belt: (beltId: string, query: { source: string }) =>
    get<BeltAnswer>(`/belts/${encodeURIComponent(beltId)}`, query),
  loads: (query: { source: string; limit: number; after?: string }) => get<LoadsAnswer>('/loads', query),
  load: (batchId: number) => get<LoadAnswer>(`/loads/${batchId}`),
  rejects: (batchId: number, query: { rule?: string; limit: number; after?: string }) =>
    get<RejectsAnswer>(`/loads/${batchId}/rejects`, query),
  lineage: (query: { source: string; asOf: string | undefined; from: string; to: string; belt?: string }) =>
    get<LineageAnswer>('/lineage', query),
  annotations: (query: { source: string; belt?: string; after?: string }) =>
    get<AnnotationsAnswer>('/annotations', { ...query, limit: 500 }),
  dataVersions: (query: { source: string }) => get<DataVersionsAnswer>('/data-versions', query),
  ownSecondFactor: () => get<OwnSecondFactor>('/session/second-factor'),
  ownSessions: () => get<OwnSessionsAnswer>('/session/all'),
  tokens: () => get<ApiTokensAnswer>('/tokens'),
  users: () => get<UsersAnswer>('/users'),
  audit: (query: AuditFilter & { before?: string; limit: number }) =>
    get<AuditAnswer>('/audit', { ...query }),
  auditChain: () => get<AuditChain>('/audit/chain'),
};

/** What of the audit is read; instants in ISO 8601. */
export interface AuditFilter {
  event?: AuditEvent;
  actor?: string;
  from?: string;
  to?: string;
}

const isHealth = (body: unknown) => typeof body === 'object' && body !== null && 'checks' in body;
export const askHealth = () => askWhatever<Health>({ path: '/health' }, isHealth);

/** Who is signed in, signing in and out. */
export const sessionCommands = {
  current: () => ask(get<Session>('/session')),
  ways: () => ask(get<WaysIn>('/session/ways')),
  begin: (body: SignIn) => write<Session>('POST', '/session', { body }),
  beginDemo: (body: { name: string }) => write<Session>('POST', '/session/demo', { body }),
  beginByLink: (body: LinkUse) => write<Session>('POST', '/session/link', { body }),
  changePassword: (body: PasswordChange) => write<Session>('PUT', '/session/password', { body }),
  end: () => write<null>('DELETE', '/session', {}),
  endAll: () => write<null>('DELETE', '/session/all', {}),
  showCode: (body: CodeShown) => write<Session>('POST', '/session/code', { body }),
};

/** The second factor of one's own account. */
export const secondFactorCommands = {
  begin: (body: SecondFactorStart) => write<BegunSecondFactor>('POST', '/session/second-factor', { body }),
  confirm: (body: CodeShown) => write<MadeRecoveryCodes>('PUT', '/session/second-factor', { body }),
  end: (body: BothShown) => write<Session>('POST', '/session/second-factor/off', { body }),
  renewCodes: (body: BothShown) =>
    write<MadeRecoveryCodes>('POST', '/session/second-factor/recovery-codes', { body }),
};

/** One's own API tokens. */
export const tokenCommands = {
  make: (body: NewToken) => write<MadeToken>('POST', '/tokens', { body }),
  revoke: (id: string) => write<null>('DELETE', `/tokens/${encodeURIComponent(id)}`, {}),
};

const userPath = (id: string) => `/users/${encodeURIComponent(id)}`;
export const userCommands = {
  add: (body: NewUserBody) => write<AddedUser>('POST', '/users', { body }),
  change: (id: string, body: UserChange) => write<User>('PUT', userPath(id), { body }),
  link: (id: string) => write<OneTimeLink>('POST', `${userPath(id)}/link`, {}),
};

/** Commands on a note name the state of it that the reader has seen; another one is refused. */
export type KnownNote = Pick<Annotation, 'id' | 'etag'>;
const notePath = ({ id }: KnownNote) => `/annotations/${encodeURIComponent(id)}`;
export const annotationCommands = {
  add: (body: AnnotationBody, key: string) => write<Annotation>('POST', '/annotations', { body, key }),
  change: (note: KnownNote, body: AnnotationBody) =>
    write<Annotation>('PUT', notePath(note), { body, ifMatch: note.etag }),
  remove: (note: KnownNote) => write<null>('DELETE', notePath(note), { ifMatch: note.etag }),
};
