import type {
  Annotation,
  AnnotationBody,
  AnnotationsAnswer,
  AnswerOf,
  BeltAnswer,
  BeltsAnswer,
  DataVersionsAnswer,
  DefinitionsAnswer,
  Health,
  LineageAnswer,
  LoadAnswer,
  LoadsAnswer,
  QueryTo,
  RejectsAnswer,
  SourcesAnswer,
} from '@beltline/contract';
import { INDICATOR_PATHS, type IndicatorName } from '@beltline/contract/paths';
import { HEADLINE_MEASURES } from '../shell/vocabulary.ts';
import { askWhatever, questionPath, write, type Question } from './http-client.ts';

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
};

const isHealth = (body: unknown) => typeof body === 'object' && body !== null && 'checks' in body;
export const askHealth = () => askWhatever<Health>({ path: '/health' }, isHealth);

/** Commands on a note name the state of it that the reader has seen; another one is refused. */
export type KnownNote = Pick<Annotation, 'id' | 'etag'>;
const notePath = ({ id }: KnownNote) => `/annotations/${encodeURIComponent(id)}`;
export const annotationCommands = {
  add: (body: AnnotationBody, key: string) => write<Annotation>('POST', '/annotations', { body, key }),
  change: (note: KnownNote, body: AnnotationBody) =>
    write<Annotation>('PUT', notePath(note), { body, ifMatch: note.etag }),
  remove: (note: KnownNote) => write<null>('DELETE', notePath(note), { ifMatch: note.etag }),
};
