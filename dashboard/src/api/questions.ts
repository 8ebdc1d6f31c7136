import type {
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
  BenchmarkAnswer,
  BenchmarkDefinitionsAnswer,
  BenchmarkFileQuestion,
  BeltsAnswer,
  BothShown,
  CalendarAnswer,
  CodeShown,
  DataVersionsAnswer,
  DefinitionsAnswer,
  EditionsAnswer,
  ExportTold,
  Health,
  LineageAnswer,
  LinkUse,
  LoadAnswer,
  LoadsAnswer,
  MailAnswer,
  MailAreasAnswer,
  MailTroublesAnswer,
  MadeRecoveryCodes,
  OwnSecondFactor,
  OwnSessionsAnswer,
  PasswordChange,
  PublicationAnswer,
  PublicationsAnswer,
  QueryTo,
  RejectsAnswer,
  ReleaseAnswer,
  ReleasesAnswer,
  ReportLanguage,
  ReportWorkAnswer,
  SecondFactorStart,
  Session,
  SignIn,
  SourcesAnswer,
  User,
  UserSessionsAnswer,
  UsersAnswer,
  UserTokensAnswer,
  WaysIn,
} from '@beltline/contract';
import { INDICATOR_PATHS, type IndicatorName } from '@beltline/contract/paths';
import { HEADLINE_MEASURES } from '../shell/vocabulary.ts';
import { ask, askWhatever, questionPath, write, type Question } from './http-client.ts';
import { publicationPath, userPath } from './resource-paths.ts';

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
  releases: (query: { source?: string }) => get<ReleasesAnswer>('/releases', query),
  release: (month: string, query: { source: string }) =>
    get<ReleaseAnswer>(`/releases/${encodeURIComponent(month)}`, query),
  report: (month: string, query: { source: string; province: string; language: ReportLanguage }) =>
    get<Blob>(`/releases/${encodeURIComponent(month)}/report`, query),
  benchmark: (query: { source?: string; owner?: string; quarter?: string }) =>
    get<BenchmarkAnswer>('/benchmark', query),
  benchmarkFile: (query: BenchmarkFileQuestion) => get<Blob>('/benchmark/file', { ...query }),
  benchmarkDefinitions: () => get<BenchmarkDefinitionsAnswer>('/benchmark/definitions'),
  mail: () => get<MailAnswer>('/mail'),
  mailAreas: () => get<MailAreasAnswer>('/mail/areas'),
  mailTroubles: () => get<MailTroublesAnswer>('/mail/troubles'),
  publications: (query: PublicationFilter & { source?: string; before?: string; limit: number }) =>
    get<PublicationsAnswer>('/reports', { ...query }),
  publication: (number: string) => get<PublicationAnswer>(publicationPath(number)),
  publicationFile: (number: string, file: string) =>
    get<Blob>(`${publicationPath(number)}/files/${encodeURIComponent(file)}`),
  publicationArchive: (query: {
    numbers: readonly string[];
    language: ReportLanguage;
    formats: readonly string[];
  }) =>
    get<Blob>('/reports/archive', {
      ...{ numbers: query.numbers.join(','), languages: query.language, formats: query.formats.join(',') },
    }),
  editions: (number: string, other: string) =>
    get<EditionsAnswer>(`${publicationPath(number)}/changes`, { with: other }),
  reportCalendar: (query: { source?: string }) => get<CalendarAnswer>('/reports/calendar', query),
  reportWork: () => get<ReportWorkAnswer>('/reports/jobs'),
  ownSecondFactor: () => get<OwnSecondFactor>('/session/second-factor'),
  ownSessions: () => get<OwnSessionsAnswer>('/session/all'),
  tokens: () => get<ApiTokensAnswer>('/tokens'),
  users: () => get<UsersAnswer>('/users'),
  user: (id: string) => get<User>(userPath(id)),
  userSessions: (id: string) => get<UserSessionsAnswer>(`${userPath(id)}/sessions`),
  userTokens: (id: string) => get<UserTokensAnswer>(`${userPath(id)}/tokens`),
  audit: (query: AuditFilter & { before?: string; limit: number }) =>
    get<AuditAnswer>('/audit', { ...query }),
  auditChain: () => get<AuditChain>('/audit/chain'),
};

/** What of the archive is shown. */
export interface PublicationFilter {
  kind?: string;
  text?: string;
  region?: string;
  year?: string;
  month?: string;
  state?: string;
}

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

/** To be waited for before rows are kept as a file. */
export const tellExport = (body: ExportTold) => write<null>('POST', '/audit/exports', { body });

/** The second factor of one's own account. */
export const secondFactorCommands = {
  begin: (body: SecondFactorStart) => write<BegunSecondFactor>('POST', '/session/second-factor', { body }),
  confirm: (body: CodeShown) => write<MadeRecoveryCodes>('PUT', '/session/second-factor', { body }),
  end: (body: BothShown) => write<Session>('POST', '/session/second-factor/off', { body }),
  renewCodes: (body: BothShown) =>
    write<MadeRecoveryCodes>('POST', '/session/second-factor/recovery-codes', { body }),
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
