/** What the dashboard asks, in variations, and the same question asked of the raw order lines. */
import type { BeltsAnswer } from '@beltline/contract';

/** A question in endless variations, so that callers do not share each other's answers. */
export interface Question {
  readonly name: string;
  readonly path: (variation: number) => string;
  /** The same as variation 0, of the facts themselves; none where no figures are computed. */
  readonly raw?: string;
}

/** What the variations are made from: the belts that there are, and where they lie. */
export type Ground = Pick<BeltsAnswer, 'belts'>;

const MEMBERS = `(SELECT merchant_id, belt_id, valid_from, valid_to FROM memberships FINAL WHERE source = 'demo')`;
const IN_FORCE = `order_lines FINAL WHERE source = 'demo' AND is_counted`;
const BOTH_YEARS = `placed_day BETWEEN '2023-01-01' AND '2024-12-31'`;
const NOW = `placed_day >= '2024-01-01'`;
const BASE = `placed_day < '2024-01-01'`;

const bit = (bits: number) => `bitAnd(combination, ${bits}) > 0`;
/** In the order of the contract's tracks. */
const TRACKS = ['1', ...[64, 1, 2, 32, 4, 8, 16].map(bit)] as const;
/** What the dashboard's headline shows; buyers over many months cost more than all of these. */
const SHOWN = 'measures=orders,pieces,gmv,merchants';
const shown = (condition: string) => [
  `uniqExactIf(order_id, ${condition})`,
  `sumIf(quantity, ${condition})`,
  `sumIf(amount, ${condition})`,
  `uniqExactIf(merchant_id, ${condition})`,
];
const everything = (condition: string) => [
  `uniqExactIf(order_id, ${condition})`,
  `sumIf(quantity, ${condition})`,
  `sumIf(amount, ${condition})`,
  `sumIf(amount - refund_amount, ${condition})`,
  `uniqExactIf(merchant_id, ${condition})`,
  `uniqExactIf(buyer_id, ${condition})`,
];
const headline = (measures: (condition: string) => string[]) =>
  `SELECT ${TRACKS.flatMap((track) => [NOW, BASE].flatMap((side) => measures(`${side} AND ${track}`))).join(', ')}
   FROM ${IN_FORCE} AND ${BOTH_YEARS}`;
const byBelt = (measure: (condition: string) => string) =>
  `SELECT belt_id, ${measure(NOW)}, ${measure(BASE)} FROM (SELECT * FROM ${IN_FORCE} AND ${BOTH_YEARS}) AS lines
   INNER JOIN ${MEMBERS} AS members USING (merchant_id) WHERE placed_day >= valid_from AND placed_day < valid_to GROUP BY belt_id`;
const series = (bucket: string, from: string, tracks: readonly string[]) =>
  `SELECT ${bucket} AS bucket, ${tracks.map((track) => `sumIf(amount, ${track})`).join(', ')}
   FROM ${IN_FORCE} AND placed_day >= '${from}' GROUP BY bucket ORDER BY bucket`;

/** Month `index` since January of year 0. */
const monthOf = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

/**
 * Twelve months each, of which variation 0 is the calendar year of the default period, and from the 24th on eleven: 32 callers at a time
 * must have nothing to share.
 */
function year(variation: number): string {
  const end = 2024 * 12 + 11 - (variation % 24);
  const months = 12 - Math.floor((variation % 48) / 24);
  return `from=${monthOf(end - months + 1)}&to=${monthOf(end)}`;
}

/** One of the 36 months from that of variation 0 on, which begins `year`. */
const oneOf = (year: number, variation: number) => monthOf(year * 12 + (variation % 36));

/** The questions of the overview and of a belt's page; the `raw` of a belt's page would only differ by a condition. */
export function questions({ belts }: Ground): Question[] {
  const belt = (variation: number) => encodeURIComponent(belts[variation % belts.length]?.beltId ?? '');
  const provinces = [...new Set(belts.map(({ province }) => province))];
  const province = (variation: number) => encodeURIComponent(provinces[variation % provinces.length] ?? '');
  const tracks = 'tracks=all,distribution,cross-border,custom';
  return [
    { name: 'headline, 12 months', path: (v) => `/growth?${year(v)}&${SHOWN}`, raw: headline(shown) },
    { name: 'headline with buyers', path: (v) => `/growth?${year(v)}`, raw: headline(everything) },
    {
      name: 'headline, one month',
      path: (v) => `/growth?from=${oneOf(2022, v)}&to=${oneOf(2022, v)}&${SHOWN}`,
    },
    { name: 'headline of a belt', path: (v) => `/growth?${year(0)}&belt=${belt(v)}&${SHOWN}` },
    { name: 'headline of a province with buyers', path: (v) => `/growth?${year(v)}&province=${province(v)}` },
    {
      name: 'ranking by value',
      path: (v) => `/growth/by-belt?${year(v)}`,
      raw: byBelt((side) => `sumIf(amount, ${side})`),
    },
    {
      name: 'ranking by orders',
      path: (v) => `/growth/by-belt?${year(v)}&measure=orders&track=custom`,
      raw: byBelt((side) => `uniqExactIf(order_id, ${side} AND bitAnd(combination, 4) > 0)`),
    },
    {
      name: 'ranking by merchants',
      path: (v) => `/growth/by-belt?${year(v)}&measure=merchants`,
      raw: byBelt((side) => `uniqExactIf(merchant_id, ${side})`),
    },
    {
      name: 'ranking by buyers',
      path: (v) => `/growth/by-belt?${year(v)}&measure=buyers`,
      raw: byBelt((side) => `uniqExactIf(buyer_id, ${side})`),
    },
    {
      name: 'contributions by belt',
      path: (v) => `/contributions?by=belt&${year(v)}`,
      raw: byBelt((side) => `sumIf(amount, ${side})`),
    },
    {
      name: 'contributions by combination',
      path: (v) => `/contributions?by=combination&${year(0)}&belt=${belt(v)}`,
    },
    {
      name: 'series by month',
      path: (v) => `/series?from=${oneOf(2022, v)}&to=2025-02&${tracks}`,
      raw: series('toStartOfMonth(placed_day)', '2022-01-01', [
        TRACKS[0],
        TRACKS[2],
        TRACKS[3],
        TRACKS[5],
      ] as string[]),
    },
    {
      name: 'series by day',
      path: (v) => `/series?grain=day&${year(v)}`,
      raw: series('placed_day', '2023-01-01', ['1']),
    },
    { name: 'series of a belt', path: (v) => `/series?from=2022-01&to=2025-02&belt=${belt(v)}&${tracks}` },
    { name: 'belts', path: () => '/belts' },
    { name: 'sources', path: () => '/sources' },
    { name: 'loads', path: () => '/loads' },
    { name: 'lineage', path: (v) => `/lineage?${year(v)}` },
    { name: 'annotations', path: () => '/annotations' },
  ];
}
