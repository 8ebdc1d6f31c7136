/**
 * What those sold in the months that later ones are compared with who sell no more, as a share of GMV, through the gate and past the auditor: with newcomers it tells how the same shops grew. It is
 * a second act upon months that are released already (ADR 63): nothing of these changes, and what is told must hold beside all that was told of them.
 */
import type { Highs } from 'highs';
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import { type Audit, audit, type Breach } from '../disclosure-audit/audit.ts';
import { type PublishedRow, type PublicTrack, rowName } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, type Level, LEVELS, LinkedTable } from '../disclosure/linked-table.ts';
import { type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf, type SuppressOptions } from '../disclosure/suppress.ts';
import { ALL_ORDERS, decided, gateShares, type ShareReport } from './gated-share.ts';

/** What was released of a month that a later one is compared with. */
export interface ReleasedBase {
  /** Names of its cells that are shown. */
  readonly shown: readonly string[];
  /** Areas of which newcomers are told, as `level:area`. */
  readonly newcomers: readonly string[];
  /** Whether refunds are told of any. */
  readonly hasRefunds: boolean;
}

export interface LeaversToGate {
  /** Where they lay when the first of the months was released. */
  readonly belts: readonly Belt[];
  readonly rules: DisclosureRules;
  readonly measures: number;
  /** January and February together, else one month. */
  readonly base: readonly ReleasedBase[];
  /** Names of cells that leavers of the month beside were withheld of. */
  readonly before: readonly string[];
  /** For the attacks of specs alone: a gate with a defence switched off; `joint`: newcomers beside leavers; `floors`: that no less was sold than by leavers. */
  readonly without?: SuppressOptions['without'] | 'joint' | 'floors';
}

/** Of one owner and side, in hundredths: what is from who sells there no more, by whether they were new, then the same from who still does, and refunds of all of it. */
export interface HeldByLeavers {
  readonly belt: string;
  /** Which of the months. */
  readonly at: number;
  readonly side: 'seller' | 'buyer';
  readonly owner: string;
  readonly values: readonly number[];
}

export interface ToldLeavers {
  readonly level: Level;
  readonly area: string;
  /** Null: withheld. */
  readonly share: number | null;
}

/** Kept beside them, and in no answer. */
export interface LeaversReport {
  readonly share: ShareReport;
  /** Of these and newcomers together; null where the solver gave up. Where there are any, nothing is told. */
  readonly breaches: number | null;
  /** How often cells were withheld because of what newcomers tell beside them. */
  readonly rounds: number;
  /** Whoever knew them in each cell could tell too much of what it sold: nothing is told. */
  readonly isTelling: boolean;
}

export interface GatedLeavers {
  readonly told: readonly ToldLeavers[];
  readonly report: LeaversReport;
}

/** Afterwards nothing is told at all. */
const ROUNDS = 12;
const [LEFT_NEW, LEFT_KNOWN, STAYED_NEW, STAYED_KNOWN, REFUNDED] = [0, 1, 2, 3, 4];
const sumOf = (values: readonly number[], ...of: readonly number[]) =>
  of.reduce((sum, at) => sum + (values[at] ?? 0), 0);

/** `months`: who held what in each of them, as its release was made of. @throws Error of a belt that there was not */
export function gateLeavers(
  highs: Highs,
  asked: LeaversToGate,
  months: readonly (readonly Holding[])[],
  held: readonly HeldByLeavers[],
): GatedLeavers {
  const { belts, rules, base, before, without } = asked;
  const released = base.map(({ shown }, at) => releasedRows(asked, months[at] ?? [], new Set(shown)));
  const isTelling =
    without !== 'floors' &&
    base.some((one, at) => {
      const found = decided(() =>
        auditBeside(highs, asked, released[at] ?? [], months[at] ?? [], floorsOf(asked, one, at, held)),
      );
      return found?.breaches.length !== 0;
    });
  const whole = released.flatMap((rows) => rows.filter(({ by, key }) => by === 'track' && key === 'all'));
  const withheld = new Set([
    ...whole.filter(({ values }) => values === null || isTelling).map(nameOf),
    // Goods are in no answer: what is not told needs nothing withheld beside it.
    ...ownCategories(belts, held).map((area) => ofAll('category', area)),
  ]);
  const holdings = shareHoldings(held);
  const together = besideNewcomers(highs, asked, released, held);
  for (let round = 0; ; round++) {
    const { shares, report } = gateShares(
      highs,
      {
        ...{ belts, rules, withheld, before },
        ...(without === undefined || without === 'joint' || without === 'floors' ? {} : { without }),
      },
      holdings,
    );
    const told = new Set([...shares].flatMap(([name, share]) => (share === null ? [] : [name])));
    const found = told.size === 0 || without === 'joint' ? [] : together(told);
    const more = beyond(belts, found ?? [], withheld, told);
    if (more.length === 0 || round === ROUNDS) {
      const isTold = found?.length === 0;
      return {
        told: [...shares].map(([name, share]) => ({ ...areaNamed(name), share: isTold ? share : null })),
        report: { share: report, breaches: found?.length ?? null, rounds: round, isTelling },
      };
    }
    for (const name of more) withheld.add(name);
  }
}

const areaNamed = (name: string) => {
  const at = name.indexOf(':');
  return { level: name.slice(0, at) as Level, area: name.slice(at + 1) };
};

const ofAll = (level: Level, area: string) => nameOf({ level, area, by: 'track', key: 'all' });

/** Goods of belts that are no other area by themselves: what is one cell under two names is told or withheld under both. */
function ownCategories(belts: readonly Belt[], held: readonly HeldByLeavers[]): string[] {
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

/**
 * What leavers that are told give away beside GMV and newcomers; null where the solver gave up. What these give away by themselves is theirs: that who stayed of the newcomers sold no more than
 * newcomers did. It counts only where it is bounded more closely.
 */
function besideNewcomers(
  highs: Highs,
  asked: LeaversToGate,
  released: readonly (readonly PublishedCell[])[],
  held: readonly HeldByLeavers[],
): (told: ReadonlySet<string>) => readonly Breach[] | null {
  const { belts, rules, base } = asked;
  const joint = jointHoldings(held);
  const breaches = (told: ReadonlySet<string>) =>
    decided(() => {
      const rows = jointRows(asked, released, joint, told);
      return audit(highs, { belts, tracks: jointTracks(base), measures: 1, rows }, joint, rules).breaches;
    });
  const before = new Map(breaches(new Set())?.map((breach) => [breachName(breach), breach.derived]));
  return (told) =>
    breaches(told)?.filter(
      (breach) => breach.derived < (before.get(breachName(breach)) ?? Infinity) * (1 - NO_CLOSER),
    ) ?? null;
}

/** Two programmes of the same bound differ by this part of it at most. */
const NO_CLOSER = 1e-6;
const breachName = ({ rows, side, attacker }: Breach) => JSON.stringify([rows, side, attacker]);

const TRACKS_TOLD: readonly PublicTrack[] = TRACKS.map((key: Track) => ({
  ...{ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] },
}));

/** What a month sold, with what its release shows of it. */
function releasedRows(
  { belts, rules, measures }: LeaversToGate,
  holdings: readonly Holding[],
  shown: ReadonlySet<string>,
): PublishedCell[] {
  const table = new LinkedTable(new Holdings(belts, holdings, measures, rules), rules, 'track');
  const isShown = Uint8Array.from(table.cells, ({ isHidden, names }) =>
    Number(!isHidden && names.some((name) => shown.has(nameOf(name)))),
  );
  return publish(table, { isShown, isWhole: false });
}

const auditBeside = (
  highs: Highs,
  { belts, measures, rules }: LeaversToGate,
  rows: readonly PublishedCell[],
  holdings: readonly Holding[],
  floors: (row: PublishedCell) => number,
): Audit =>
  audit(highs, { belts, tracks: TRACKS_TOLD, measures, rows }, holdings, rules, {
    floors: new Map(
      rows
        .filter(({ by, key, values }) => by === 'track' && key === 'all' && values === null)
        .map((row) => [rowName(row), [floors(row)]]),
    ),
  });

/** Of an area the largest part of its GMV that is told, or is to be: no less than that was sold. As if each were known of every cell. */
function floorsOf(
  { belts }: LeaversToGate,
  { newcomers, hasRefunds }: ReleasedBase,
  at: number,
  held: readonly HeldByLeavers[],
): (row: PublishedCell) => number {
  const parts = [
    [LEFT_NEW, LEFT_KNOWN],
    ...(newcomers.length > 0 ? [[LEFT_NEW, STAYED_NEW]] : []),
    ...(hasRefunds ? [[REFUNDED]] : []),
  ];
  const ofBelts = parts.map((part) => {
    const sums = new Map<string, number>();
    for (const one of held)
      if (one.at === at && one.side === 'seller')
        sums.set(one.belt, (sums.get(one.belt) ?? 0) + sumOf(one.values, ...part));
    return sums;
  });
  return ({ level, area }) => {
    const inside = belts.filter((belt) => areaOf(belt, level) === area);
    return Math.max(...ofBelts.map((sums) => inside.reduce((sum, { id }) => sum + (sums.get(id) ?? 0), 0)));
  };
}

/** What is left of each owner's GMV by who sells there no more, and the rest, of all months together. */
function shareHoldings(held: readonly HeldByLeavers[]): Holding[] {
  const sums = new Map<string, Holding & { values: [number, number] }>();
  for (const { belt, side, owner, values } of held) {
    const key = `${side}|${belt}|${owner}`;
    const one = sums.get(key) ?? { ...{ belt, side, owner, combination: ALL_ORDERS }, values: [0, 0] };
    sums.set(key, one);
    one.values[0] += sumOf(values, LEFT_NEW, LEFT_KNOWN);
    one.values[1] += sumOf(values, STAYED_NEW, STAYED_KNOWN);
  }
  return [...sums.values()].filter(({ values: [left, stayed] }) => left + stayed > 0);
}

/** Bits of the table of all that is told: which month it is of, newcomers in it, and leavers. */
const ofMonth = (at: number) => 1 << at;
const newIn = (at: number) => 4 << at;
const LEFT = 16;

const jointTracks = (base: readonly ReleasedBase[]): PublicTrack[] => [
  ...base.flatMap((_, at) => [
    { key: `all${at}`, bit: ofMonth(at), isPart: false },
    { key: `new${at}`, bit: newIn(at), isPart: false },
  ]),
  { key: 'left', bit: LEFT, isPart: false },
];

/**
 * GMV, by month, whether its seller is new, and whether they have left. Who sells can be seen; so where those who came and those who left are the same but for one, what one of the shares tells more
 * than the other is that one's.
 */
function jointHoldings(held: readonly HeldByLeavers[]): Holding[] {
  return held.flatMap(({ belt, at, side, owner, values }) =>
    [
      { value: LEFT_NEW, combination: ofMonth(at) | newIn(at) | LEFT },
      { value: LEFT_KNOWN, combination: ofMonth(at) | LEFT },
      { value: STAYED_NEW, combination: ofMonth(at) | newIn(at) },
      { value: STAYED_KNOWN, combination: ofMonth(at) },
    ].flatMap(({ value, combination }) => {
      const cents = values[value] ?? 0;
      return cents > 0 ? [{ belt, side, owner, combination, values: [cents] }] : [];
    }),
  );
}

function jointRows(
  { belts, base }: LeaversToGate,
  released: readonly (readonly PublishedCell[])[],
  joint: readonly Holding[],
  told: ReadonlySet<string>,
): PublishedRow[] {
  const sums = new Map<string, Map<number, number>>();
  for (const { belt, side, combination, values } of joint) {
    if (side !== 'seller') continue;
    const one = sums.get(belt) ?? new Map<number, number>();
    sums.set(belt, one.set(combination, (one.get(combination) ?? 0) + (values[0] ?? 0)));
  }
  const shown = released.map(
    (rows) =>
      new Set(
        rows.flatMap(({ level, area, by, key, values }) =>
          by === 'track' && key === 'all' && values !== null ? [`${level}:${area}`] : [],
        ),
      ),
  );
  const newcomers = base.map((one) => new Set(one.newcomers));
  const isTold = (key: string, name: string) => {
    if (key === 'left') return told.has(name);
    const at = Number(key.slice(3));
    return (key.startsWith('all') ? shown[at] : newcomers[at])?.has(name) ?? false;
  };
  const tracks = jointTracks(base);
  return LEVELS.flatMap((level) =>
    [...new Set(belts.map((belt) => areaOf(belt, level)))].flatMap((area): PublishedRow[] => {
      const own = new Map<number, number>();
      for (const belt of belts.filter((one) => areaOf(one, level) === area))
        for (const [combination, cents] of sums.get(belt.id) ?? [])
          own.set(combination, (own.get(combination) ?? 0) + cents);
      const of = { level, area };
      const hidden = [...own.keys()].flatMap((key): PublishedRow[] => [
        { ...of, by: 'combination', key, values: null },
        { ...of, by: 'part', key, values: null },
      ]);
      const rows = tracks.flatMap(({ key, bit }): PublishedRow[] => {
        const inside = [...own].filter(([combination]) => (combination & bit) !== 0);
        if (inside.length === 0) return [];
        const value = inside.reduce((sum, [, cents]) => sum + cents, 0);
        return [{ ...of, by: 'track', key, values: isTold(key, `${level}:${area}`) ? [value] : null }];
      });
      return [...hidden, ...rows];
    }),
  );
}
