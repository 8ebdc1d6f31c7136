/** Answers for the attacker of `test/outsider`, and what their claims are worth: only here is the truth known. */
import type { Belt, Holding } from '@beltline/api/disclosure/holdings.js';
import { gateMonth, type MonthToGate } from '@beltline/api/releases/gated-month.js';
import { releasedArea } from '@beltline/api/releases/released-area.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import { type Claim, claimsOf, type OwnPart } from '../outsider/outsider.ts';
import {
  ALL,
  cellName,
  type Measure,
  MEASURES,
  type MonthAnswer,
  type Place,
} from '../outsider/read-answers.ts';

/** Who held what in a month, values in the order of `MEASURES`, money in hundredths. */
export interface Truth {
  readonly belts: readonly Belt[];
  readonly holdings: readonly Holding[];
}

export const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };

/** What would be answered of a month to somebody who sees every belt, as it comes over the wire. */
export async function answerOf(
  { belts, holdings }: Truth,
  without?: MonthToGate['without'],
  rules = RULES,
): Promise<MonthAnswer> {
  const asked = {
    belts,
    rules,
    measures: MEASURES.length,
    before: [],
    ...(without ? { without } : {}),
  };
  const { areas } = gateMonth(await loadSolver(), asked, holdings);
  const about = { name: { zh: '', en: '' }, belts: 1 };
  const at = (level: string) =>
    areas
      .filter((one) => one.level === level)
      .map((one) => releasedArea({ ...one, about }, { now: [], base: [] }, 0));
  const [nation] = at('nation');
  const answer = { nation, provinces: at('province'), cities: at('city'), belts: at('belt') };
  return JSON.parse(JSON.stringify(answer)) as MonthAnswer;
}

export const mapOf = (belts: readonly Belt[]): Place[] =>
  belts.filter(({ id }) => id !== '').map(({ id, city, province }) => ({ id, city, province }));

export interface Found {
  readonly claim: Claim;
  readonly attacker: readonly string[];
  readonly needed: number;
}

/** All sellers of a month. */
export const sellersOf = ({ holdings }: Truth): string[] => [
  ...new Set(holdings.filter(({ side }) => side === 'seller').map(({ owner }) => owner)),
];

/**
 * What attackers claim of a month that comes too near to somebody: the largest is known within p% by the second, or where there are too few, all others together within p% of the largest.
 * An attacker is some sellers who tell each other what they sold, or, where they are none, an outsider.
 */
export function found(
  answers: readonly MonthAnswer[],
  truth: Truth,
  attackers: readonly (readonly string[])[],
): { claims: number; found: Found[] } {
  const map = mapOf(truth.belts);
  const all: Found[] = [];
  let claims = 0;
  for (const attacker of attackers) {
    for (const claim of claimsOf(answers, map, ownOf(truth, attacker))) {
      claims++;
      const needed = neededOf(truth, claim, attacker);
      if (needed !== null && claim.most < needed * (1 - 1e-9)) all.push({ claim, attacker, needed });
    }
  }
  return { claims, found: all };
}

/** An outsider, and each seller by themselves. */
export const onesOf = (truth: Truth): string[][] => [[], ...sellersOf(truth).map((owner) => [owner])];

/** Holdings of some cells. */
function within({ belts, holdings }: Truth, cells: readonly string[]): Holding[] {
  const parts = cells.map((cell) => cell.split('|'));
  const places = new Map(belts.map((belt) => [belt.id, belt]));
  return holdings.filter(({ belt, combination }) =>
    parts.some(([level, id, track = ALL]) => {
      const { city = '', province = '' } = places.get(belt) ?? {};
      const isBeltless = belt === '' ? '' : null;
      const ids = { belt, city: `${province}/${city}`, province, nation: '', beltless: isBeltless };
      const { bit } = TRACK[track as Track];
      return ids[level as keyof typeof ids] === id && (bit === 0 || (combination & bit) !== 0);
    }),
  );
}

function neededOf(truth: Truth, { measure, cells }: Claim, attacker: readonly string[]): number | null {
  const at = MEASURES.indexOf(measure);
  const own = within(truth, cells);
  // A seller knows whom they sold to: what their own orders tell of a buyer, no answer does.
  const sides = attacker.length === 0 ? (['seller', 'buyer'] as const) : (['seller'] as const);
  const needs = sides.flatMap((side) => {
    const owners = new Map<string, number>();
    for (const { owner, values, side: of } of own)
      if (of === side) owners.set(owner, (owners.get(owner) ?? 0) + (values[at] ?? 0));
    const sorted = [...owners].filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
    const [largest, x1] = sorted[0] ?? ['', 0];
    if (sorted.length === 0 || attacker.includes(largest)) return [];
    const sum = (of: typeof sorted) => of.reduce((all, [, value]) => all + value, 0);
    const total = sum(sorted);
    const near = (RULES.percent / 100) * x1;
    // As many as attack together, whoever they are: the rules protect against the largest of so many.
    const known = sum(sorted.slice(1, 1 + Math.max(1, attacker.length)));
    const needed = sorted.length < RULES.owners ? total + near : x1 + known + near;
    return needed > total ? [needed] : [];
  });
  return needs.length === 0 ? null : Math.max(...needs);
}

/** What sellers know together: what they sold in each cell, and where nobody else did. */
function ownOf(truth: Truth, sellers: readonly string[]): OwnPart {
  const own = new Map<string, Record<Measure, number> & { isAlone: boolean }>();
  const sold = truth.holdings.filter(({ side }) => side === 'seller');
  const isTheirs = ({ owner }: Holding) => sellers.includes(owner);
  const theirs = sold.filter(isTheirs);
  const areas = new Set(
    truth.belts
      .filter(({ id }) => theirs.some(({ belt }) => belt === id))
      .flatMap(({ id, city, province }) => [
        `belt|${id}`,
        `city|${province}/${city}`,
        `province|${province}`,
        'nation|',
      ]),
  );
  for (const area of areas) {
    const [level = '', id = ''] = area.split('|');
    for (const track of TRACKS) {
      const name = cellName(level, id, track);
      const inside = within({ ...truth, holdings: sold }, [name]);
      const mine = inside.filter(isTheirs);
      if (mine.length === 0) continue;
      const sum = (at: number) => mine.reduce((all, { values }) => all + (values[at] ?? 0), 0);
      own.set(name, { gmv: sum(0), pieces: sum(1), orders: sum(2), isAlone: mine.length === inside.length });
    }
  }
  return own;
}
