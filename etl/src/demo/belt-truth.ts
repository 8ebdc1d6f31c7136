/**
 * The truth behind the demo: what each belt really does, so that tests can ask whether an indicator finds it.
 *
 * A path is the belt's expected level, and not a share of anything: 100 is the whole of 2021, the year before the fall.
 * Both wholesale and distribution of a belt follow it, so that its state is the same by orders and, where prices hold, by
 * value. What the programme reported for the nation comes on top, in the belts that ride it (`rides`); the others are left
 * out of it, so that every state is alive. `truth.ts` works out what follows for each belt.
 */
import { monthIndex } from './calendar.ts';

/** Levels at 2021-01-01, 2021-07-01, 2022-01-01 … 2025-01-01; log-linear between, flat afterwards. */
export const PATHS = {
  /** Nothing happens: constant, without the shocks of 2022. What an indicator finds here is false. */
  still: [100, 100, 100, 100, 100, 100, 100, 100, 100],
  surges: [100, 100, 100, 96, 100, 112, 128, 148, 168],
  regains: [100, 100, 100, 80, 76, 88, 100, 112, 122],
  settles: [100, 100, 100, 94, 98, 106, 113, 116, 119],
  recovers: [100, 100, 100, 62, 52, 54, 60, 69, 80],
  stalls: [100, 100, 100, 78, 71, 72, 72, 72, 72],
  slips: [100, 100, 100, 106, 122, 140, 152, 139, 117],
  falls: [100, 100, 100, 86, 80, 74, 67, 58, 50],
  collapses: [100, 100, 100, 76, 62, 52, 43, 36, 29],
} as const;
export type Path = keyof typeof PATHS;

/** Change of every SKU's price a year, as a log rate. Orders follow the path alone. */
export const PRICE_REGIMES = { war: -0.13, eases: -0.02, holds: 0, rises: 0.05 } as const;
export type PriceRegime = keyof typeof PRICE_REGIMES;

/** Shape of the year by month, January first; none means the national rhythm alone. */
export const SEASONS = {
  winter: [0.9, 0.6, 0.55, 0.5, 0.55, 0.65, 0.85, 1.15, 1.45, 1.7, 1.7, 1.4],
  summer: [0.8, 0.9, 1.2, 1.5, 1.65, 1.5, 1.2, 0.9, 0.65, 0.55, 0.55, 0.6],
  festive: [1.9, 0.9, 0.7, 0.7, 0.75, 0.75, 0.8, 0.9, 1.1, 1.1, 1.1, 1.7],
} as const;
export type Season = keyof typeof SEASONS;

/** What sets a belt apart from others on its path; any number of them. */
export const MARKS = [
  /** One factory holds about 67 % of each month's orders, and so more than half of the value. */
  'dominated',
  /** From 2024 on three factories grow by a multiple of the others, which shrink: recovery carried by few. */
  'few',
  /** Growth rests on merchants that began to trade within the last year. */
  'joiners',
  /** Two and a half times the orders in August 2024, and nothing after. */
  'outlier',
  /** A quarter of the orders gone for good from May 2024 on. */
  'shift',
  /** One wholesale order in December 2024 is about three tenths of the belt's value of the month. */
  'giant',
] as const;
export type Mark = (typeof MARKS)[number];

export const OUTLIER = { month: monthIndex(2024, 8), factor: 2.5 };
export const SHIFT = { from: monthIndex(2024, 5), factor: 0.75 };
/** Share of the belt's expected value of the month. */
export const GIANT = { month: monthIndex(2024, 12), share: 0.3 };

export interface BeltTruth {
  readonly id: string;
  /** Relative number of orders in 2021. */
  readonly size: number;
  /** Typical wholesale price of a piece at the beginning of 2021, CNY. */
  readonly price: number;
  readonly path: Path;
  readonly prices: PriceRegime;
  /** D distribution, X cross-border, C custom, B factory brand, O offline: 2.2 times as much as in other belts. */
  readonly leanings: string;
  readonly marks: readonly Mark[];
  readonly season: Season | undefined;
}

/** id, size, price, path, prices, leanings (- none), marks and season. */
const TABLE = `
B001 30 1.6 surges eases DXO
B002 14 9 regains eases DX
B003 5 260 falls holds C
B004 6 1.2 stalls holds X
B005 18 7 recovers eases X
B006 15 1.9 slips war D
B007 5 18 surges eases DXC
B008 5 14 stalls holds CB
B009 13 38 regains eases DB winter
B010 8 120 falls eases B winter
B011 8 52 settles eases DX winter
B012 15 22 slips war D
B013 7 95 recovers eases X
B014 14 36 slips eases DB
B015 8 30 stalls holds DC
B016 13 42 regains war DXB
B017 8 3.2 stalls holds X
B018 7 1.4 still holds XC
B019 7 58 slips eases B
B020 15 32 falls war X
B021 7 11 recovers eases XC joiners
B022 14 4.5 recovers holds B few
B023 7 0.35 stalls holds C
B024 10 16 recovers holds X joiners
B025 8 8 surges eases DX
B026 10 26 still holds X
B027 10 4 still holds D
B028 7 60 recovers eases X
B029 7 8.5 regains holds X few
B030 5 12 regains eases DX outlier
B031 5 900 settles holds - dominated
B032 14 34 slips eases DO winter
B033 12 6 recovers holds X joiners
B034 5 85 surges eases DXC
B035 15 44 slips war DX
B036 7 9 recovers eases XC few
B037 7 11 surges eases DXC
B038 9 0.8 slips war DC
B039 6 14 regains eases D joiners
B040 7 110 falls war D
B041 5 70 slips rises CB
B042 7 1100 recovers eases BO dominated
B043 6 38 falls holds -
B044 6 5 surges eases D
B045 5 45 collapses holds B
B046 14 46 recovers eases DXC
B047 15 9 regains war DXB
B048 12 40 stalls holds DX
B049 10 33 falls eases D
B050 20 24 surges war DXB
B051 9 420 recovers rises CO
B052 12 19 slips eases X
B053 13 39 recovers war D
B054 9 48 collapses eases X
B055 8 36 settles eases X winter
B056 15 28 recovers eases DXC
B057 9 13 still holds X
B058 12 36 falls holds B
B059 16 88 regains eases DXB few
B060 9 12 recovers eases D few
B061 15 7 surges war DXC
B062 9 8 slips war D
B063 7 17 stalls holds D
B064 9 15 regains eases X joiners
B065 11 15 stalls holds D
B066 7 10 recovers eases DXB
B067 6 24 still holds X
B068 6 12 regains eases X joiners
B069 8 30 falls war D
B070 5 160 slips rises D
B071 16 50 recovers eases DB
B072 11 27 stalls holds DO giant
B073 9 30 falls holds X
B074 8 8 surges eases DXC
B075 7 60 still holds DBO
B076 12 52 slips eases D
B077 5 110 still holds DB
B078 5 95 stalls holds DB
B079 6 75 regains holds XB
B080 11 42 regains eases DXC few
B081 6 21 still holds D
B082 6 48 recovers eases X few
B083 14 2.4 recovers war DO
B084 5 9 still holds DX
B085 6 20 surges eases DX
B086 5 17 still holds X
B087 6 4 still holds DO
B088 5 54 falls eases C
B089 6 13 regains holds X few
B090 9 20 stalls holds DX
B091 7 5 still holds DC
B092 7 96 regains eases DB winter
B093 6 62 still holds DX
B094 5 105 collapses eases - winter
B095 8 0.5 recovers holds X few
B096 5 40 slips eases X winter
B097 5 190 falls holds O
B098 8 60 recovers eases DX
B099 5 140 slips rises D
B100 5 34 slips eases - winter
B101 5 3.8 settles war X dominated
B102 9 130 regains eases DX
B103 8 24 surges eases DCB
B104 5 78 regains eases B few winter
B105 5 1.1 still holds C
B106 6 13 recovers eases X few
B107 5 18 recovers holds B festive
B108 6 0.9 regains war X
B109 6 26 collapses eases O
B110 5 9 slips holds -
B111 8 2.2 regains eases X few
B112 8 19 stalls holds DO shift
B113 5 32 recovers eases D few
B114 5 1.5 still holds C
B115 7 42 falls eases DB
B116 5 170 stalls holds B
B117 5 150 recovers eases XC dominated
B118 6 2 surges holds D
B119 5 300 recovers rises D
B120 5 80 regains rises DB few
B121 5 36 regains eases D
B122 5 22 still holds -
B123 6 18 recovers eases DX summer
B124 7 19 falls war O
B125 6 1.8 settles eases DX winter
B126 5 180 regains holds B dominated winter
B127 5 16 still holds C
B128 5 10 stalls holds X
B129 5 115 surges holds X winter
B130 6 150 falls war D
`;

function parse(line: string): BeltTruth {
  const [id, size, price, path, prices, leanings, ...words] = line.split(' ');
  return {
    id: id!,
    size: Number(size),
    price: Number(price),
    path: path as Path,
    prices: prices as PriceRegime,
    leanings: leanings === '-' ? '' : leanings!,
    marks: MARKS.filter((mark) => words.includes(mark)),
    season: words.find((word): word is Season => word in SEASONS),
  };
}

/** All 130 belts of the registry in its order. */
export const BELT_TRUTHS: readonly BeltTruth[] = TABLE.trim().split('\n').map(parse);

export const hasMark = (belt: BeltTruth, mark: Mark): boolean => belt.marks.includes(mark);

/** Whether the belt takes part in what the programme reported: the growth of distribution far beyond that of wholesale. */
export function rides({ path, marks }: BeltTruth): boolean {
  const risen = path === 'surges' || path === 'regains' || path === 'settles';
  return risen && !marks.includes('few') && !marks.includes('joiners');
}

/** A belt's expected level in a month (0 = 2021-01), 1 in 2021: its path in the month's middle, and its marks. */
export function levelOf({ path, marks }: BeltTruth, month: number): number {
  const outlier = marks.includes('outlier') && month === OUTLIER.month ? OUTLIER.factor : 1;
  const shift = marks.includes('shift') && month >= SHIFT.from ? SHIFT.factor : 1;
  return onPath(path, month) * outlier * shift;
}

function onPath(path: Path, month: number): number {
  const knots = PATHS[path];
  const at = Math.min((month + 0.5) / 6, knots.length - 1);
  const before = Math.min(Math.floor(at), knots.length - 2);
  const share = at - before;
  return Math.exp((1 - share) * Math.log(knots[before]!) + share * Math.log(knots[before + 1]!)) / 100;
}

/**
 * Years of the programme behind a month: none before 2022, then half, three quarters and the whole of a year's pace, and
 * four fifths from 2025 on. It accelerates, and 2024 over 2023 is what was reported.
 */
export function programmeYears(month: number): number {
  const paces = [0, 0.5, 0.75, 1, 0.8];
  const at = (month + 0.5) / 12;
  return paces.reduce((years, pace, year) => years + pace * Math.max(0, Math.min(1, at - year)), 0);
}
