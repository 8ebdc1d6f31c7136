import type {
  Annotation,
  AnnotationBody,
  AnnotationsAnswer,
  AreaQuestion,
  BacktestAnswer,
  BeltAnswer,
  BeltsAnswer,
  BreadthAnswer,
  BreadthOver,
  ClockAnswer,
  Comparison,
  ConcentrationAnswer,
  ContributionsAnswer,
  DataVersionsAnswer,
  DefinitionsAnswer,
  FestivalAnswer,
  FlowMeasure,
  Grain,
  GrowthAnswer,
  GrowthByBeltAnswer,
  Health,
  LineageAnswer,
  LoadAnswer,
  LoadsAnswer,
  MarginsAnswer,
  Measure,
  PricesAnswer,
  RecoveryAnswer,
  RejectsAnswer,
  SeriesAnswer,
  SourcesAnswer,
  StatesAnswer,
  Track,
  TurnoverAnswer,
} from '@beltline/contract';
import { HEADLINE_MEASURES } from '../shell/vocabulary.ts';
import type { ComparedLevel } from '../shell/vocabulary-types.ts';
import { askWhatever, questionPath, write, type Question } from './http-client.ts';

/** Every question that the dashboard asks. The names and spellings are the contract's. */

/** What can be asked of an earlier vintage. */
interface Dated {
  source: string;
  asOf: string | undefined;
}
interface Compared extends Dated {
  from: string;
  to: string;
  comparison: Comparison;
}
/** One measure of one track of an area, over all months that are loaded. */
type Flow = Dated & AreaQuestion & { track: Track; measure: FlowMeasure };
/** What is told at the end of a month, against a year that stands for 100; left out: the API chooses them. */
interface Referenced {
  month: string | undefined;
  reference: number | undefined;
}
/** A change of GMV between two periods of an area. */
type Explained = AreaQuestion & Compared & { track: Track };

const get = <A>(path: string, query?: Parameters<typeof questionPath>[1]): Question<A> => ({
  path: questionPath(path, query),
});

export const questions = {
  sources: () => get<SourcesAnswer>('/sources'),
  definitions: () => get<DefinitionsAnswer>('/definitions'),
  belts: (query: { source: string; q?: string }) => get<BeltsAnswer>('/belts', query),
  belt: (beltId: string, query: { source: string }) =>
    get<BeltAnswer>(`/belts/${encodeURIComponent(beltId)}`, query),
  growth: (query: Compared & AreaQuestion) =>
    get<GrowthAnswer>('/growth', { ...query, measures: HEADLINE_MEASURES.join(',') }),
  growthByBelt: (
    query: Compared & {
      track: Track;
      measure: Measure;
      sort: string;
      order: string;
      province?: string;
      limit: number;
    },
  ) => get<GrowthByBeltAnswer>('/growth/by-belt', { ...query }),
  contributions: (
    query: Compared &
      AreaQuestion & { by: 'belt' | 'combination'; track: Track; measure: Measure; limit?: number },
  ) => get<ContributionsAnswer>('/contributions', { ...query }),
  series: (
    query: Dated &
      AreaQuestion & {
        grain: Grain;
        measure: Measure;
        tracks: readonly Track[];
        from: string;
        to: string;
      },
  ) => get<SeriesAnswer>('/series', { ...query }),
  loads: (query: { source: string; limit: number; after?: string }) => get<LoadsAnswer>('/loads', query),
  load: (batchId: number) => get<LoadAnswer>(`/loads/${batchId}`),
  rejects: (batchId: number, query: { rule?: string; limit: number; after?: string }) =>
    get<RejectsAnswer>(`/loads/${batchId}/rejects`, query),
  lineage: (query: { source: string; from: string; to: string; belt?: string }) =>
    get<LineageAnswer>('/lineage', query),
  recovery: (query: Flow & Referenced) => get<RecoveryAnswer>('/recovery', { ...query }),
  festival: (query: Flow) => get<FestivalAnswer>('/recovery/festival', { ...query }),
  backtest: (query: Flow) => get<BacktestAnswer>('/nowcast/backtest', { ...query }),
  margins: (query: Explained) => get<MarginsAnswer>('/margins', { ...query }),
  turnover: (query: Explained) => get<TurnoverAnswer>('/turnover', { ...query }),
  prices: (query: Explained) => get<PricesAnswer>('/prices', { ...query }),
  annotations: (query: { source: string; belt?: string; after?: string }) =>
    get<AnnotationsAnswer>('/annotations', { ...query, limit: 500 }),
  dataVersions: (query: { source: string }) => get<DataVersionsAnswer>('/data-versions', query),
  states: (query: Dated & Referenced & { track: Track; measure: FlowMeasure; level: ComparedLevel }) =>
    get<StatesAnswer>('/recovery/states', { ...query }),
  clock: (query: Dated & { track: Track; measure: FlowMeasure; level: ComparedLevel; months: number }) =>
    get<ClockAnswer>('/recovery/clock', { ...query }),
  breadth: (query: Flow & { over: BreadthOver }) => get<BreadthAnswer>('/breadth', { ...query }),
  concentration: (query: Compared & AreaQuestion & { track: Track }) =>
    get<ConcentrationAnswer>('/concentration', { ...query }),
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
