/** Revisions whose bias and spread are planted: what a triangle says of them. */
import { normal, random } from '@beltline/api/statistics/planted.js';
import { revisionStatistics } from '@beltline/api/statistics/revisions.js';
import { isSettled } from '@beltline/api/finality';
import type { Trial } from './planted-owners.ts';

const DRAWS = 2_000;
const SEED = 8_000;
/** First prints are a third of a per cent high, as those of the demo are, and scatter by half a per cent. */
const FIRST_PRINTS = { mean: -0.0035, spread: 0.005 };
/** Of these one revision in twenty is above 2 %: far from final. */
const UNSETTLED = { mean: 0, spread: 0.0102 };
/** The fewest months that a figure can be called final by, and four years of them. */
const MONTHS = [12, 24, 48] as const;

/** Whether the shown bias of first prints is the planted one, and whether what is revised much is called final. */
export function revisionTrials(): Trial[] {
  const draw = random(SEED);
  const drawn = (months: number, { mean, spread }: typeof UNSETTLED) =>
    Array.from({ length: months }, () => mean + spread * normal(draw));
  let [holds, final] = [0, 0];
  for (let trial = 0; trial < DRAWS; trial++) {
    const months = MONTHS[trial % MONTHS.length] as number;
    const told = revisionStatistics(drawn(months, FIRST_PRINTS));
    if (told && told.low <= FIRST_PRINTS.mean && told.high >= FIRST_PRINTS.mean) holds++;
    if (isSettled(revisionStatistics(drawn(months, UNSETTLED)))) final++;
  }
  const [of, seeds] = [`${DRAWS} histories`, String(SEED)];
  return [
    {
      name: 'intervals of 90 % cover: the bias of first prints',
      share: holds / DRAWS,
      ...{ of, least: 0.88, most: 0.92, seeds },
    },
    {
      name: 'revised by 2 % and more one month in twenty, and called final',
      share: final / DRAWS,
      ...{ of, most: 0.05, seeds },
    },
  ];
}
