/** Trust on the demo's orders, whose truth is known: what is claimed of its belts, against what is planted in them. */
import type { ClockAnswer, PricesAnswer, RecoveryAnswer, StatesAnswer } from '@beltline/contract';
import { correlationOf } from '@beltline/api/statistics/planted-clock.js';
import { type DemoTruth, PRICE_REGIMES } from '@beltline/etl/demo';
import type { Asker } from './api-measure.ts';
import { withDemoApi } from './demo-api.ts';
import { diagonals } from './planted-clock.ts';
import { type Line, lineOf } from './trust-line.ts';

/** All lines about the demo's orders; `loaded`: the arguments of the API that has them, or loads them. */
export async function demoLines(truth: DemoTruth, loaded: readonly string[]): Promise<Line[]> {
  const seeds = `demo ${truth.lines.toLocaleString('en')} lines, seed ${truth.seed}`;
  const told: Line[] = [];
  await withDemoApi(loaded, async ({ asker }) => {
    told.push(...(await stateLines(asker, truth, seeds)));
    told.push(...(await diagonals(asker, seeds)));
    told.push(...(await growthLines(asker, truth, seeds)));
    const answers = await recoveries(asker, truth.belts);
    told.push(turnLine(answers, truth.belts, seeds));
    told.push(...februaryLines(answers, truth.belts, seeds));
    told.push(await priceLine(asker, truth.belts, seeds));
  });
  return told;
}

/** Of 130 belts 80 to 100: realistic orders leave some undetermined, and are enough for most. */
const TELLABLE = { least: 80 / 130, most: 100 / 130 };

/** The states that are claimed of belts, against what is planted in them. */
async function stateLines(asker: Asker, truth: DemoTruth, seeds: string): Promise<Line[]> {
  const path = `/recovery/states?measure=orders&month=${truth.month}`;
  const { rows } = JSON.parse(await asker.ask(path)) as StatesAnswer;
  const isTrue = ({ area, now }: StatesAnswer['rows'][number]) => now.state === truth.belts[area.id]?.state;
  const claims = (
    [
      ['sure', 0.95],
      ['likely', 0.8],
    ] as const
  ).map(([certainty, least]) => {
    const claimed = rows.filter(({ now }) => now.certainty === certainty);
    const share = claimed.filter(isTrue).length / claimed.length;
    const name = `demo: states said to be ${certainty} that are true`;
    return lineOf({ name, share, of: `${claimed.length} belts`, least, seeds });
  });
  const claimed = rows.filter(({ now }) => now.certainty !== null).length;
  const still = rows.filter(({ area }) => truth.belts[area.id]?.path === 'still');
  const sure = still.filter(({ now }) => now.certainty === 'sure').length;
  return [
    ...claims,
    lineOf({
      name: 'demo: belts with a state at least likely',
      share: claimed / rows.length,
      of: `${rows.length} belts`,
      ...TELLABLE,
      seeds,
    }),
    lineOf({
      name: 'demo: belts in which nothing happens said to be sure',
      share: sure / still.length,
      of: `${still.length} belts`,
      most: 0.06,
      seeds,
    }),
  ];
}

/** How close growth on the clock is to what is planted. */
const PLANTED_GROWTH = 0.85;

/** Growth of twelve months on the clock in the last complete month, beside the growth that is planted in the last three of them. */
async function growthLines(asker: Asker, { belts }: DemoTruth, seeds: string): Promise<Line[]> {
  const measures = ['orders', 'gmv'] as const;
  return Promise.all(
    measures.map(async (measure) => {
      const path = `/recovery/clock?measure=${measure}&months=12`;
      const { areas } = JSON.parse(await asker.ask(path)) as ClockAnswer;
      const pairs = areas.flatMap(({ area, points }) => {
        const [point, truth] = [points.at(-1), belts[area.id]];
        if (!point || !truth) return [];
        const growth = measure === 'orders' ? truth.growth : truth.value.growth;
        return [{ x: point.x, y: Math.log1p(growth / 100) }];
      });
      const found = correlationOf(pairs);
      return {
        name: `demo: correlation of growth on the clock with planted growth, ${measure}`,
        bar: `≥ ${PLANTED_GROWTH}`,
        measured: `${found.toFixed(3)} of ${pairs.length} belts`,
        holds: found >= PLANTED_GROWTH,
        seeds,
      };
    }),
  );
}

/** Of the belts in which nothing happens, at most four of 38 may be said to have turned. */
const FALSE_TURNS = 4 / 38;

function turnLine(answers: Recoveries, belts: DemoTruth['belts'], seeds: string): Line {
  const still = [...answers].filter(([belt]) => belts[belt]?.path === 'still');
  const turned = still.filter(([, { turningPoints }]) => turningPoints.length > 0);
  return lineOf({
    name: 'demo: belts in which nothing happens said to have turned',
    share: turned.length / still.length,
    of: `${still.length} belts`,
    most: FALSE_TURNS,
    seeds,
  });
}

/** How far the mean of belts with one path of prices may be from it, as a log rate a year. */
const PRICES_WITHIN = 0.005;

/** Prices of 2024 over 2023 on the average of the belts of each path of prices, against the path. */
async function priceLine(asker: Asker, belts: DemoTruth['belts'], seeds: string): Promise<Line> {
  const changes = new Map<keyof typeof PRICE_REGIMES, number[]>();
  for (const [belt, { prices }] of Object.entries(belts)) {
    const path = `/prices?belt=${belt}&from=2024-01&to=2024-12`;
    const { tornqvist } = JSON.parse(await asker.ask(path)) as PricesAnswer;
    if (tornqvist.value === null) continue;
    changes.set(prices, [...(changes.get(prices) ?? []), Math.log(tornqvist.value / 100)]);
  }
  const found = [...changes].map(([prices, all]) => ({ prices, is: mean(all), of: PRICE_REGIMES[prices] }));
  return {
    name: `demo: prices a year of belts, planted ${found.map(({ of }) => of).join(', ')}`,
    bar: `within ${PRICES_WITHIN}`,
    measured: found.map(({ is }) => is.toFixed(4)).join(', '),
    holds: found.every(({ is, of }) => Math.abs(is - of) <= PRICES_WITHIN),
    seeds,
  };
}

type Recoveries = ReadonlyMap<string, RecoveryAnswer>;

async function recoveries(asker: Asker, belts: DemoTruth['belts']): Promise<Recoveries> {
  const answers = new Map<string, RecoveryAnswer>();
  for (const belt of Object.keys(belts))
    answers.set(belt, JSON.parse(await asker.ask(`/recovery?measure=orders&belt=${belt}`)) as RecoveryAnswer);
  return answers;
}

const FEBRUARY_POINTS = 3;
/** Paths that fall until January 2023 and rise from then on, or change pace there: the trend rounds that off, so that February lies below it. */
const BENT = ['surges', 'regains', 'settles', 'recovers', 'collapses'];

/** What the holiday leaves in the adjusted values of Februaries: their distance from the trend, on the average of belts and root mean square. */
function februaryLines(answers: Recoveries, belts: DemoTruth['belts'], seeds: string): Line[] {
  const all: Residuals = new Map();
  const straight: Residuals = new Map();
  for (const [belt, { points }] of answers) {
    const path = belts[belt]?.path ?? '';
    for (const { month, adjusted, trend } of points) {
      if (!month.endsWith('-02') || adjusted.value === null || trend.value === null) continue;
      const residual = 100 * Math.log(adjusted.value / trend.value);
      for (const residuals of BENT.includes(path) ? [all] : [all, straight])
        residuals.set(month, [...(residuals.get(month) ?? []), residual]);
    }
  }
  const [means, spreads] = [
    byYear(all, mean),
    byYear(all, (of) => Math.sqrt(mean(of.map((one) => one ** 2)))),
  ];
  const ofStraight = byYear(straight, mean);
  const shown = (values: readonly number[]) => values.map((one) => one.toFixed(1)).join(', ');
  return [
    {
      name: 'demo: mean residual of belts in each February, log points (root mean square)',
      bar: 'printed',
      measured: `${shown(means)} (${shown(spreads)})`,
      holds: null,
      seeds,
    },
    {
      name: 'the same of belts whose path does not bend in January 2023',
      bar: `within ${FEBRUARY_POINTS}`,
      measured: shown(ofStraight),
      holds: ofStraight.every((one) => Math.abs(one) <= FEBRUARY_POINTS),
      seeds,
    },
  ];
}

/** Residuals of belts by month. */
type Residuals = Map<string, number[]>;
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const byYear = (residuals: Residuals, of: (values: readonly number[]) => number): number[] =>
  [...residuals].sort(([a], [b]) => a.localeCompare(b)).map(([, values]) => of(values));
