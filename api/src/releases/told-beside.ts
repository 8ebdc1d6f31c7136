/**
 * A share beside all that was told before it, as one table in which what it is a part of is told apart by itself: where it gives somebody away, areas are withheld until it does not, or all of them.
 * What the others give away without it is theirs.
 */
import type { Highs } from 'highs';
import { audit, type Breach } from '../disclosure-audit/audit.ts';
import type { PublishedRow, PublicTrack } from '../disclosure-audit/unknowns.ts';
import type { Belt, Holding } from '../disclosure/holdings.ts';
import { areaOf, type Level, LEVELS } from '../disclosure/linked-table.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf } from '../disclosure/suppress.ts';
import { decided, type GatedShares, type ShareReport } from './gated-share.ts';

/** What is audited together: of each owner and combination of `tracks` one amount, and of an area what is told of a track. */
export interface Beside {
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly tracks: readonly PublicTrack[];
  readonly holdings: readonly Holding[];
  /** `area`: as `level:area`; `share`: the areas of which the share is told. */
  isTold(track: string, area: string, share: ReadonlySet<string>): boolean;
}

/** Of areas of which a share is told what it gives away besides; null where the solver gave up. */
export type BreachesBeside = (told: ReadonlySet<string>) => readonly Breach[] | null;

export interface ToldBeside<S> extends GatedShares<ShareReport, S> {
  /** What is still given away after the last round: then nothing is told. Null where the solver gave up. */
  readonly breaches: number | null;
  /** How often areas were withheld because of what is told beside them. */
  readonly rounds: number;
}

/** Afterwards nothing is told at all. */
const ROUNDS = 12;
/** Two programmes of the same bound differ by this part of it at most. */
const NO_CLOSER = 1e-6;

/** `gate`: the share, where so many cells are withheld in any case; `withheld` are those at first. */
export function tellBeside<S = number>(
  belts: readonly Belt[],
  withheld: Set<string>,
  gate: (withheld: ReadonlySet<string>) => GatedShares<ShareReport, S>,
  breachesBeside: BreachesBeside,
): ToldBeside<S> {
  for (let round = 0; ; round++) {
    const { shares, report } = gate(withheld);
    const told = new Set([...shares].flatMap(([name, share]) => (share === null ? [] : [name])));
    const found = told.size === 0 ? [] : breachesBeside(told);
    const more = beyond(belts, found ?? [], withheld, told);
    if (more.length === 0 || round === ROUNDS) {
      const isTold = found?.length === 0;
      return {
        shares: new Map([...shares].map(([name, share]) => [name, isTold ? share : null])),
        ...{ report, breaches: found?.length ?? null, rounds: round },
      };
    }
    for (const name of more) withheld.add(name);
  }
}

/** What the share of some areas gives away more closely than is given away without it. */
export function breachesOf(highs: Highs, beside: Beside): BreachesBeside {
  const { belts, tracks, holdings, rules } = beside;
  const breaches = (told: ReadonlySet<string>) =>
    decided(() => {
      const rows = rowsOf(beside, told);
      return audit(highs, { belts, tracks, measures: 1, rows }, holdings, rules).breaches;
    });
  let known: ReadonlyMap<string, number> | undefined;
  /** Asked once, and not where nothing is found with the share. */
  const before = () =>
    (known ??= new Map(breaches(new Set())?.map((breach) => [breachName(breach), breach.derived])));
  return (told) => {
    const found = breaches(told);
    if (found === null || found.length === 0) return found;
    return found.filter(
      (breach) => breach.derived < (before().get(breachName(breach)) ?? Infinity) * (1 - NO_CLOSER),
    );
  };
}

const breachName = ({ rows, side, attacker }: Breach) => JSON.stringify([rows, side, attacker]);

export const areaNamed = (name: string): { readonly level: Level; readonly area: string } => {
  const at = name.indexOf(':');
  return { level: name.slice(0, at) as Level, area: name.slice(at + 1) };
};

export const ofAll = (level: Level, area: string): string => nameOf({ level, area, by: 'track', key: 'all' });

/** Goods of belts that are no other area by themselves: what is one cell under two names is told or withheld under both. */
export function ownCategories(belts: readonly Belt[], held: readonly { readonly belt: string }[]): string[] {
  const selling = new Set(held.map(({ belt }) => belt));
  const setsOf = (level: Level) => {
    const inside = new Map<string, string[]>();
    for (const belt of belts.filter(({ id }) => selling.has(id)))
      inside.set(areaOf(belt, level), [...(inside.get(areaOf(belt, level)) ?? []), belt.id]);
    return [...inside].map(([area, ids]) => ({ area, key: ids.sort().join('|') }));
  };
  const others = LEVELS.filter((level) => level !== 'category').flatMap((level) => setsOf(level));
  const known = new Set(others.map(({ key }) => key));
  return setsOf('category').flatMap(({ area, key }) => (known.has(key) ? [] : [area]));
}

const ABOVE = { belt: 'city', city: 'province', province: 'nation' } as const;

/**
 * What is withheld besides: the areas that are given away; and of one that is withheld already and follows from the others, the first of its neighbours that is told, or of those of the area that it lies in.
 * By their names, so that the order tells nothing.
 */
function beyond(
  belts: readonly Belt[],
  breaches: readonly Breach[],
  withheld: ReadonlySet<string>,
  told: ReadonlySet<string>,
): string[] {
  const besideOf = (level: keyof typeof ABOVE, area: string): string[] => {
    const above = ABOVE[level];
    const [inside] = belts.filter((belt) => areaOf(belt, level) === area);
    const around = inside ? areaOf(inside, above) : '';
    const beside = belts.filter((belt) => areaOf(belt, above) === around).map((belt) => areaOf(belt, level));
    const [first] = [...new Set(beside)].filter((one) => told.has(`${level}:${one}`)).sort();
    if (first !== undefined) return [ofAll(level, first)];
    if (above !== 'nation') return besideOf(above, around);
    return withheld.has(ofAll(above, around)) ? [] : [ofAll(above, around)];
  };
  const more = breaches.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const [level = 'nation', area = ''] = row.split('|') as [Level, string];
      if (!withheld.has(ofAll(level, area))) return [ofAll(level, area)];
      return level in ABOVE ? besideOf(level as keyof typeof ABOVE, area) : [];
    }),
  );
  return [...new Set(more)];
}

/** Combinations and their parts are in no answer, and unknowns all the same. */
function rowsOf({ belts, tracks, holdings, isTold }: Beside, told: ReadonlySet<string>): PublishedRow[] {
  const sums = new Map<string, Map<number, number>>();
  for (const { belt, side, combination, values } of holdings) {
    if (side !== 'seller') continue;
    const one = sums.get(belt) ?? new Map<number, number>();
    sums.set(belt, one.set(combination, (one.get(combination) ?? 0) + (values[0] ?? 0)));
  }
  const partBits = tracks.filter(({ isPart }) => isPart).reduce((bits, { bit }) => bits | bit, 0);
  return LEVELS.flatMap((level) =>
    [...new Set(belts.map((belt) => areaOf(belt, level)))].flatMap((area): PublishedRow[] => {
      const own = new Map<number, number>();
      for (const belt of belts.filter((one) => areaOf(one, level) === area))
        for (const [combination, cents] of sums.get(belt.id) ?? [])
          own.set(combination, (own.get(combination) ?? 0) + cents);
      const of = { level, area };
      const combinations = new Set([...own.keys()].map((part) => part & ~partBits));
      const hidden: PublishedRow[] = [
        ...[...combinations].map((key) => ({ ...of, by: 'combination' as const, key, values: null })),
        ...[...own.keys()].map((key) => ({ ...of, by: 'part' as const, key, values: null })),
      ];
      const rows = tracks.flatMap(({ key, bit }): PublishedRow[] => {
        const inside = [...own].filter(([combination]) => bit === 0 || (combination & bit) !== 0);
        if (inside.length === 0) return [];
        const value = inside.reduce((sum, [, cents]) => sum + cents, 0);
        const isShown = isTold(key, `${level}:${area}`, told);
        return [{ ...of, by: 'track', key, values: isShown ? [value] : null }];
      });
      return [...hidden, ...rows];
    }),
  );
}
