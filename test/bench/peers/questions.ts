/** Eight questions of the dashboard: what the API is asked for them, and what the same is in SQL. */
import type {
  ConcentrationAnswer,
  ContributionsAnswer,
  Figure,
  GrowthAnswer,
  GrowthByBeltAnswer,
  NewSkusAnswer,
  SeriesAnswer,
} from '@beltline/contract';
import type { Asker } from '../api-measure.ts';
import { type Answer, answerOf, type Kind } from './answers.ts';

export interface PeerQuestion {
  readonly name: string;
  /** The file of its SQL, in raw/ and in rolled/. */
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly kinds: readonly Kind[];
  /** Asked of the API at the same time, as a page does. */
  readonly paths: readonly string[];
  /** What the API's answers, in the order of the paths, say of it. */
  readonly read: (answers: readonly unknown[]) => Answer;
}

/** What the questions are about: all provinces, and the belt that sells most. */
export interface PeerGround {
  readonly provinces: readonly string[];
  readonly belt: string;
}

const YEAR = 'from=2024-01&to=2024-12';
const TWO_YEARS = 'from=2023-01&to=2024-12';
const [BEFORE_BASE, BASE, NOW, END] = ['2022-01-01', '2023-01-01', '2024-01-01', '2025-01-01'];
/** Bits of `lines.combination`. */
const BITS: Readonly<Record<string, number>> = {
  distribution: 1,
  'cross-border': 2,
  custom: 4,
  'factory-brand': 8,
  offline: 16,
  wholesale: 64,
};

function growthByMonth(answers: readonly unknown[]): Answer {
  const [orders, gmv] = answers.map((answer) => (answer as SeriesAnswer).lines[0]?.points ?? []);
  const gmvOf = new Map(gmv?.map((point) => [point.day, point]));
  return answerOf(
    (orders ?? []).map(({ day, value, yearAgo }) => {
      const money = gmvOf.get(day);
      return [day, value.value, yearAgo.value, money?.value.value, money?.yearAgo.value];
    }),
  );
}

const rankingRows = (answer: GrowthByBeltAnswer) =>
  answer.rows.map(({ belt, compared: { value, baseline, growth } }) => [
    belt.beltId,
    value.value,
    baseline.value,
    growth.value,
  ]);

const combinationRows = (answer: ContributionsAnswer) =>
  answer.parts.map(({ combination, value, baseline }) => [
    (combination ?? []).reduce((bits, track) => bits | (BITS[track] ?? Number.NaN), 0),
    value.value,
    baseline.value,
  ]);

/** The only measure of the only track that was asked for. */
const headline = (answer: GrowthAnswer, measure: 'buyers' | 'merchants') => {
  const compared = answer.tracks[0]?.measures[measure];
  return [compared?.value.value, compared?.baseline.value];
};

function newSkuRows({ share, baselineShare, skus, newSkus }: NewSkusAnswer) {
  const both = (figure: Figure) => [figure.denominator, figure.numerator];
  return [
    ['value', ...both(share)],
    ['baseline', ...both(baselineShare)],
    ['skus', skus, newSkus],
  ];
}

const spreadRows = (answer: ConcentrationAnswer) => [
  ['value', answer.hhi.value, answer.topFifth.value],
  ['baseline', answer.baselineHhi.value, answer.baselineTopFifth.value],
];

/** A question that one answer of the API is the whole answer to. */
const ofOne =
  <T>(rows: (answer: T) => readonly (readonly unknown[])[]) =>
  ([answer]: readonly unknown[]) =>
    answerOf(rows(answer as T));

/** The eight questions. */
export function peerQuestions({ provinces, belt }: PeerGround): PeerQuestion[] {
  const ofBelt = `belt=${encodeURIComponent(belt)}`;
  const compared = [BASE, NOW, END] as string[];
  return [
    {
      name: 'growth by month',
      sql: 'growth-by-month',
      parameters: [BASE, END] as string[],
      kinds: ['count', 'count', 'money', 'money'],
      paths: [`/series?${TWO_YEARS}&measure=orders`, `/series?${TWO_YEARS}&measure=gmv`],
      read: growthByMonth,
    },
    {
      name: 'ranking by growth',
      sql: 'ranking-by-growth',
      parameters: compared,
      kinds: ['money', 'money', 'ratio'],
      paths: [`/growth/by-belt?${YEAR}&sort=growth&limit=1000`],
      read: ofOne(rankingRows),
    },
    {
      name: 'contributions by combination',
      sql: 'contributions-by-combination',
      parameters: compared,
      kinds: ['money', 'money'],
      paths: [`/contributions?by=combination&${YEAR}&limit=1000`],
      read: ofOne(combinationRows),
    },
    {
      name: 'buyers of a belt',
      sql: 'buyers-of-a-belt',
      parameters: [...compared, belt],
      kinds: ['count', 'count'],
      paths: [`/growth?${YEAR}&${ofBelt}&measures=buyers`],
      read: ofOne((answer: GrowthAnswer) => [['buyers', ...headline(answer, 'buyers')]]),
    },
    {
      name: 'merchants by province',
      sql: 'merchants-by-province',
      parameters: compared,
      kinds: ['count', 'count'],
      paths: provinces.map(
        (province) => `/growth?${YEAR}&province=${encodeURIComponent(province)}&measures=merchants`,
      ),
      read: (answers) =>
        answerOf(
          answers.map((answer, index) => [
            provinces[index],
            ...headline(answer as GrowthAnswer, 'merchants'),
          ]),
        ),
    },
    {
      name: 'daily series of a belt',
      sql: 'daily-series-of-a-belt',
      parameters: [BASE, END, belt] as string[],
      kinds: ['money'],
      paths: [`/series?grain=day&${TWO_YEARS}&${ofBelt}`],
      read: ofOne((answer: SeriesAnswer) =>
        (answer.lines[0]?.points ?? []).map(({ day, value }) => [day, value]),
      ),
    },
    {
      name: 'share of new SKUs',
      sql: 'new-sku-share',
      parameters: [BEFORE_BASE, ...compared] as string[],
      kinds: ['money', 'money'],
      paths: [`/new-skus?${YEAR}`],
      read: ofOne(newSkuRows),
    },
    {
      name: 'concentration of a belt',
      sql: 'concentration-of-a-belt',
      parameters: [...compared, belt],
      kinds: ['ratio', 'ratio'],
      paths: [`/concentration?${YEAR}&${ofBelt}`],
      read: ofOne(spreadRows),
    },
  ];
}

/** The answers to all paths of a question, asked at the same time. */
export const askAll = (asker: Asker, { paths }: PeerQuestion): Promise<string[]> =>
  Promise.all(paths.map((path) => asker.ask(path)));
