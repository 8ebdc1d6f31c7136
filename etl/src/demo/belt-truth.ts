/**
 * The truth behind the demo: what each belt really does, so that tests can ask whether an indicator finds it.
 *
 * Paths are relative: the national number of orders of each kind is calibrated (`kinds.ts`), and a belt's share of it
 * follows its path against the mean of all paths. From 2023 to 2024 that mean rises by 8 % in wholesale and by 20 % in
 * distribution, so a belt on `steady` has −4 % classic wholesale orders where the nation has +4 %, and +42 %
 * distribution orders where it has +70 %. What came out exactly, by belt and year, stands in the manifest.
 */

/** Levels at 2022-01-01, 2022-07-01, 2023-01-01 … 2025-01-01; log-linear between, flat afterwards. */
export const PATHS = {
  surges: [100, 103, 106, 116, 134, 156, 174],
  recovers: [100, 84, 74, 80, 90, 100, 106],
  rebounds: [100, 88, 79, 75, 73, 86, 104],
  steady: [100, 98, 97, 98, 98, 99, 100],
  stalls: [100, 90, 84, 95, 97, 95, 93],
  slips: [100, 104, 108, 108, 100, 90, 82],
  falls: [100, 93, 84, 73, 61, 50, 42],
  collapses: [100, 90, 76, 61, 46, 34, 26],
} as const;
export type Path = keyof typeof PATHS;

/** Change of every SKU's price a year, as a log rate, and what it does to the belt's orders. */
export const PRICE_REGIMES = {
  war: { price: -0.13, orders: 0.09 },
  eases: { price: -0.02, orders: 0 },
  holds: { price: 0, orders: 0 },
  rises: { price: 0.05, orders: 0 },
} as const;
export type PriceRegime = keyof typeof PRICE_REGIMES;

/** Shape of the year by month, January first; none means the national rhythm alone. */
export const SEASONS = {
  winter: [0.9, 0.6, 0.55, 0.5, 0.55, 0.65, 0.85, 1.15, 1.45, 1.7, 1.7, 1.4],
  summer: [0.8, 0.9, 1.2, 1.5, 1.65, 1.5, 1.2, 0.9, 0.65, 0.55, 0.55, 0.6],
  festive: [1.9, 0.9, 0.7, 0.7, 0.75, 0.75, 0.8, 0.9, 1.1, 1.1, 1.1, 1.7],
} as const;
export type Season = keyof typeof SEASONS;

export interface BeltTruth {
  readonly id: string;
  /** Relative number of orders. */
  readonly size: number;
  /** Typical wholesale price of a piece at the beginning of 2022, CNY. */
  readonly price: number;
  readonly path: Path;
  readonly prices: PriceRegime;
  /** D distribution, X cross-border, C custom, B factory brand, O offline: 2.2 times the nation's share. */
  readonly leanings: string;
  /** One factory holds about 67 % of each month's orders, and so more than half of the value. */
  readonly dominated: boolean;
  /** The three largest factories grow by half a year, the others shrink: recovery carried by few. */
  readonly few: boolean;
  /** Wholesale turns into distribution: −0.3 and +0.3 a year (log rates) from mid-2022 on top of the path. */
  readonly turns: boolean;
  readonly season: Season | undefined;
}

/** id, size, price, path, prices, leanings (- none), marks. */
const TABLE = `
B001 30 1.6 surges eases DXO
B002 14 9 recovers eases DX
B003 4 260 falls holds C
B004 6 1.2 stalls war X
B005 18 7 recovers eases X
B006 15 1.9 steady war D
B007 5 18 surges eases DXC
B008 5 14 stalls eases CB
B009 13 38 recovers eases DB winter
B010 8 120 falls eases B winter
B011 8 52 steady eases DX winter
B012 15 22 steady war D turns
B013 7 95 recovers eases X
B014 14 36 slips eases DB turns
B015 8 30 steady eases DC
B016 13 42 recovers war DXB
B017 8 3.2 stalls holds X
B018 7 1.4 steady eases XC
B019 7 58 slips eases B
B020 15 32 falls war X
B021 7 11 recovers eases XC
B022 14 4.5 recovers holds B few
B023 7 0.35 stalls eases C
B024 10 16 recovers holds X
B025 8 8 surges eases DX
B026 10 26 steady eases X
B027 10 4 steady war D
B028 7 60 rebounds eases X
B029 7 8.5 steady holds X
B030 3 12 recovers eases DX
B031 2 900 steady holds - dominated
B032 14 34 slips eases DO turns winter
B033 12 6 recovers holds X
B034 5 85 surges eases DXC
B035 15 44 steady war DX
B036 7 9 steady eases XC
B037 7 11 surges eases DXC
B038 9 0.8 steady war DC
B039 6 14 recovers eases D
B040 7 110 falls war D
B041 5 70 slips rises CB
B042 7 1100 recovers eases BO dominated
B043 6 38 falls holds -
B044 6 5 surges eases D
B045 5 45 collapses holds B
B046 14 46 rebounds eases DXC turns
B047 15 9 recovers war DXB
B048 12 40 steady eases DX turns
B049 10 33 falls eases D
B050 20 24 surges war DXB
B051 9 420 rebounds rises CO
B052 12 19 slips eases X
B053 13 39 rebounds war D turns
B054 9 48 collapses eases X
B055 8 36 steady eases X winter
B056 15 28 recovers eases DXC
B057 9 13 steady eases X
B058 12 36 falls holds B
B059 16 88 rebounds eases DXB few
B060 9 12 steady eases D
B061 15 7 surges war DXC
B062 9 8 steady war D
B063 7 17 stalls eases D
B064 9 15 recovers eases X
B065 11 15 stalls war D
B066 7 10 recovers eases DXB
B067 6 24 steady holds X
B068 6 12 recovers eases X
B069 8 30 falls war D turns
B070 4 160 slips rises D
B071 16 50 recovers eases DB
B072 11 27 stalls eases DO
B073 9 30 falls holds X
B074 8 8 surges eases DXC
B075 7 60 steady holds DBO
B076 12 52 slips eases D
B077 4 110 steady rises DB
B078 5 95 stalls rises DB
B079 6 75 recovers holds XB
B080 11 42 surges eases DXC few
B081 6 21 steady eases D
B082 6 48 steady eases X
B083 14 2.4 recovers war DO
B084 5 9 steady eases DX
B085 6 20 surges eases DX
B086 5 17 steady holds X
B087 6 4 steady holds DO
B088 5 54 falls eases C
B089 6 13 steady holds X
B090 9 20 stalls war DX
B091 7 5 steady war DC
B092 7 96 recovers eases DB winter
B093 6 62 steady eases DX
B094 4 105 collapses eases - winter
B095 8 0.5 steady holds X
B096 4 40 slips eases X winter
B097 5 190 falls holds O
B098 8 60 recovers eases DX
B099 4 140 slips rises D
B100 4 34 steady eases - winter
B101 3 3.8 steady war X dominated
B102 9 130 recovers eases DX
B103 8 24 surges eases DCB
B104 4 78 recovers eases B few winter
B105 5 1.1 steady eases C
B106 6 13 rebounds eases X
B107 5 18 rebounds holds B festive
B108 6 0.9 recovers war X
B109 6 26 collapses eases O
B110 5 9 slips holds -
B111 8 2.2 collapses war X few
B112 8 19 stalls eases DO
B113 4 32 steady eases D
B114 4 1.5 steady eases C
B115 7 42 falls eases DB
B116 4 170 stalls eases B
B117 3 150 recovers eases XC dominated
B118 6 2 surges holds D
B119 4 300 rebounds rises D
B120 5 80 steady rises DB
B121 4 36 recovers eases D
B122 4 22 steady rises -
B123 6 18 recovers eases DX turns summer
B124 7 19 falls war O
B125 6 1.8 steady eases DX winter
B126 5 180 recovers holds B dominated winter
B127 3 16 steady eases C
B128 5 10 stalls eases X
B129 3 115 surges holds X winter
B130 6 150 falls war D
`;

function parse(line: string): BeltTruth {
  const [id, size, price, path, prices, leanings, ...marks] = line.split(' ');
  return {
    id: id!,
    size: Number(size),
    price: Number(price),
    path: path as Path,
    prices: prices as PriceRegime,
    leanings: leanings === '-' ? '' : leanings!,
    dominated: marks.includes('dominated'),
    few: marks.includes('few'),
    turns: marks.includes('turns'),
    season: marks.find((mark): mark is Season => mark in SEASONS),
  };
}

/** All 130 belts of the registry in its order. */
export const BELT_TRUTHS: readonly BeltTruth[] = TABLE.trim().split('\n').map(parse);

/** A belt's level on its path in the middle of a month (0 = 2022-01), 1 at the beginning of 2022. */
export function levelOf(path: Path, month: number): number {
  const knots = PATHS[path];
  const at = Math.min((month + 0.5) / 6, knots.length - 1);
  const before = Math.min(Math.floor(at), knots.length - 2);
  const share = at - before;
  return Math.exp((1 - share) * Math.log(knots[before]!) + share * Math.log(knots[before + 1]!)) / 100;
}
