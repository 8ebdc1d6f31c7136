/** Places on the clock whose truth is planted, those of the demo, and those of orders in which nothing happens. */
import { clockErrors, quadrantProbability } from '@beltline/api/statistics/clock.js';
import {
  clockOwners,
  clockPlace,
  correlationOf,
  coveredPlaces,
  noisePlaces,
} from '@beltline/api/statistics/planted-clock.js';
import { random } from '@beltline/api/statistics/planted.js';
import type { ClockAnswer, FlowMeasure } from '@beltline/contract';
import type { Asker } from './api-measure.ts';
import type { Trial } from './planted-owners.ts';
import type { Line } from './trust-line.ts';

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

/** The same at the end of series in which nothing happens. */
export function noiseDiagonal(): Line {
  const places = noisePlaces(random(61), DRAWS);
  return diagonalLine('noise', correlationOf(places), '61');
}

const diagonalLine = (of: string, correlation: number, seeds: string): Line => ({
  name: `correlation of the clock's coordinates, ${of}`,
  bar: `within ${DIAGONAL}`,
  measured: correlation.toFixed(3),
  holds: Math.abs(correlation) < DIAGONAL,
  seeds,
});

/** Whether both coordinates of the demo's belts say the same: their correlation over 36 months of all belts. */
export async function diagonals(asker: Asker, seeds: string): Promise<Line[]> {
  const measures = ['orders', 'gmv'] as const;
  return Promise.all(
    measures.map(async (measure) =>
      diagonalLine(`demo, ${measure}`, correlationOf(await placesOf(asker, measure, 36)), seeds),
    ),
  );
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
