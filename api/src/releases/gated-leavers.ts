/**
 * What those sold in the months that later ones are compared with who sell no more, as a share of GMV, through the gate and past the auditor: with newcomers it tells how the same shops grew. It is
 * a second act upon months that are released already (ADR 63): nothing of these changes, and what is told must hold beside all that was told of them.
 */
import type { Highs } from 'highs';
import { type Track, TRACK, TRACKS } from '@beltline/contract';
import { type Audit, audit } from '../disclosure-audit/audit.ts';
import { type PublicTrack, rowName } from '../disclosure-audit/unknowns.ts';
import { type Belt, type Holding, Holdings } from '../disclosure/holdings.ts';
import { areaOf, type Level, LinkedTable } from '../disclosure/linked-table.ts';
import { type PublishedCell, publish } from '../disclosure/publish.ts';
import type { DisclosureRules } from '../disclosure/rules.ts';
import { nameOf, type SuppressOptions } from '../disclosure/suppress.ts';
import { ALL_ORDERS, decided, gateShares, type ShareReport } from './gated-share.ts';
import {
  areaNamed,
  type BreachesBeside,
  breachesOf,
  ofAll,
  ownCategories,
  tellBeside,
} from './told-beside.ts';

/** What was released of a month that a later one is compared with. */
export interface ReleasedBase {
  /** Names of its cells that are shown. */
  readonly shown: readonly string[];
  /** Areas of which newcomers are told, as `level:area`. */
  readonly newcomers: readonly string[];
  /** Whether refunds are told of any. */
  readonly hasRefunds: boolean;
  /** By belt what small orders came to, in hundredths, where it is told of any; left out where it is not. */
  readonly small?: Readonly<Record<string, number>>;
  /** The same of what all but the largest sellers sold. */
  readonly others?: Readonly<Record<string, number>>;
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
  const weaker = without === 'joint' || without === 'floors' ? undefined : without;
  const { shares, report, breaches, rounds } = tellBeside(
    belts,
    withheld,
    (now) =>
      gateShares(
        highs,
        { belts, rules, withheld: now, before, ...(weaker ? { without: weaker } : {}) },
        holdings,
      ),
    without === 'joint' ? () => [] : besideNewcomers(highs, asked, released, held),
  );
  return {
    told: [...shares].map(([name, share]) => ({ ...areaNamed(name), share })),
    report: { share: report, breaches, rounds, isTelling },
  };
}

/**
 * What leavers that are told give away beside GMV and newcomers. What these give away by themselves is theirs: that who stayed of the newcomers sold no more than newcomers did. It counts only where it
 * is bounded more closely.
 */
function besideNewcomers(
  highs: Highs,
  { belts, rules, base }: LeaversToGate,
  released: readonly (readonly PublishedCell[])[],
  held: readonly HeldByLeavers[],
): BreachesBeside {
  const shown = released.map(
    (rows) =>
      new Set(
        rows.flatMap(({ level, area, by, key, values }) =>
          by === 'track' && key === 'all' && values !== null ? [`${level}:${area}`] : [],
        ),
      ),
  );
  const newcomers = base.map((one) => new Set(one.newcomers));
  return breachesOf(highs, {
    ...{ belts, rules, tracks: jointTracks(base), holdings: jointHoldings(held) },
    isTold: (key, name, told) => {
      if (key === 'left') return told.has(name);
      const at = Number(key.slice(3));
      return (key.startsWith('all') ? shown[at] : newcomers[at])?.has(name) ?? false;
    },
  });
}

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
  { newcomers, hasRefunds, small, others }: ReleasedBase,
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
  if (small) ofBelts.push(new Map(Object.entries(small)));
  if (others) ofBelts.push(new Map(Object.entries(others)));
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
