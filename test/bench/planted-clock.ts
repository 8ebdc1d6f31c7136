/** Places on the clock whose truth is planted, those of the demo, and those of orders in which nothing happens. */
import { clockErrors, quadrantProbability } from '@beltline/api/statistics/clock.js';
import { clockOwners, clockPlace, coveredPlaces } from '@beltline/api/statistics/planted-clock.js';
import { random } from '@beltline/api/statistics/planted.js';
import type { ClockAnswer, FlowMeasure } from '@beltline/contract';
import type { Asker } from './api-measure.ts';
import type { Trial } from './planted-owners.ts';

const DRAWS = 2_400;
/** The probability from which a place is sure. */
const SURE = 0.95;

/** Intervals of planted places, and how many are sure where nothing happens. */
export function places(): Trial[] {
  const draw = random(6_000);
  const counts = coveredPlaces(draw, DRAWS);
  let [still, sure] = [0, 0];
  for (let trial = 0; trial < DRAWS; trial++) {
    const sums = clockOwners(draw, 40 + 40 * (trial % 3), 1, 1);
    const errors = clockErrors(sums);
    if (typeof errors === 'string') continue;
    const { x, y } = clockPlace(sums);
    still++;
    if (quadrantProbability(x, y, errors) >= SURE) sure++;
  }
  const covers = (axis: 'x' | 'y', name: string): Trial => ({
    name: `intervals of 90 % on the clock cover: ${name}`,
    share: counts[axis] / counts.told,
    of: `${counts.told} belts`,
    ...{ least: 0.88, most: 0.92, seeds: '6000' },
  });
  return [
    covers('x', 'growth over a year'),
    covers('y', 'what a quarter grew faster'),
    {
      name: 'places on the clock said to be sure where nothing happens',
      share: sure / still,
      of: `${still} belts`,
      ...{ most: 0.05, seeds: '6000' },
    },
  ];
}

type Places = NonNullable<ClockAnswer['areas'][number]['points'][number]>[];

async function placesOf(asker: Asker, measure: FlowMeasure, months: number): Promise<Places> {
  const { areas } = JSON.parse(
    await asker.ask(`/recovery/clock?measure=${measure}&months=${months}`),
  ) as ClockAnswer;
  return areas.flatMap(({ points }) => points.filter((point) => point !== null));
}

/** A deviation from a fitted trend and its change have 0.95, also of noise. */
const DIAGONAL = 0.3;

/** Whether both coordinates of the demo's belts say the same: their correlation over 36 months of all belts. */
export async function diagonals(asker: Asker, seeds: string) {
  const measures = ['orders', 'gmv'] as const;
  const found = await Promise.all(measures.map((measure) => diagonal(asker, measure)));
  return found.map((correlation, index) => ({
    name: `demo: correlation of the clock's coordinates, ${measures[index]}`,
    bar: `within ${DIAGONAL}`,
    measured: correlation.toFixed(3),
    holds: Math.abs(correlation) < DIAGONAL,
    seeds,
  }));
}

const diagonal = async (asker: Asker, measure: FlowMeasure) =>
  correlationOf(await placesOf(asker, measure, 36));

/** Pearson's correlation. */
export function correlationOf(all: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (axis: 'x' | 'y') => all.reduce((sum, place) => sum + place[axis], 0) / all.length;
  const [a, b] = [mean('x'), mean('y')];
  const moment = (of: (x: number, y: number) => number) =>
    all.reduce((sum, { x, y }) => sum + of(x - a, y - b), 0);
  return moment((x, y) => x * y) / Math.sqrt(moment((x) => x * x) * moment((_, y) => y * y));
}

/** Of orders in which nothing happens, the share of places that are said to be sure. */
export async function surePlaces(asker: Asker, measure: FlowMeasure, seeds: string): Promise<Trial> {
  const known = (await placesOf(asker, measure, 24)).filter(({ interval }) => interval !== null);
  return {
    name: `null, ${measure}: places on the clock said to be sure`,
    share: known.filter(({ certainty }) => certainty === 'sure').length / known.length,
    of: `${known.length} belt-months`,
    ...{ most: 0.05, seeds },
  };
}
