/** What the page of a merchant says of figures, the same for whoever looks and whoever listens. */
import type { BenchmarkMeasureAnswer, BriefFigure, PeerGroupAnswer, PricePosition } from '@beltline/contract';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';

type Measure = BenchmarkMeasureAnswer['measure'];
export interface Said {
  readonly t: Translate;
  readonly numbers: NumberFormat;
}

/** Tracks have names of their own. */
const TRACKS = ['distribution', 'cross-border', 'custom', 'factory-brand', 'offline'] as const;
type TrackShare = (typeof TRACKS)[number];
const isTrack = (measure: Measure): measure is TrackShare => (TRACKS as readonly string[]).includes(measure);

export const measureName = (measure: Measure, t: Translate): string =>
  isTrack(measure)
    ? t('standing.measure.share', { track: t(`track.${measure}`) })
    : t(`standing.measure.${measure}`);

/** Told with their sign. */
const CHANGES: ReadonlySet<Measure> = new Set([
  ...(['growth', 'growth-aligned', 'growth-same-store', 'price-trend', 'price-position'] as const),
]);

/** A value in words; `unit` says which, and growth has its sign. */
export function valueText(
  { measure, unit }: Pick<BenchmarkMeasureAnswer, 'measure' | 'unit'>,
  value: number,
  { numbers }: Said,
): string {
  if (CHANGES.has(measure)) return numbers.signedPercent(value);
  if (unit === 'ratio') return numbers.percent(value);
  return measure === 'order-pieces' || unit === 'index' ? numbers.index(value) : numbers.shown(value, unit);
}

/** The same of the group's, with no digit more than it has. */
export const roughText = (
  of: Pick<BenchmarkMeasureAnswer, 'measure' | 'unit'>,
  value: number,
  said: Said,
): string =>
  of.unit === 'ratio' || of.unit === 'index'
    ? valueText(of, value, said)
    : said.numbers.rough(value, of.unit);

/** An own figure, or why there is none. */
export function ownText(
  of: Pick<BenchmarkMeasureAnswer, 'measure' | 'unit'>,
  { value, flag, reason }: BriefFigure,
  said: Said,
): string {
  if (value === null) return said.t(`reason.${reason ?? 'no-data'}`);
  const text = valueText(of, value, said);
  return flag === 'base-too-small' ? `${text} (${said.t('standing.smallBase')})` : text;
}

/** What of the group's middle is told; null where nothing is. */
export function medianText(row: BenchmarkMeasureAnswer, said: Said): string | null {
  const { value } = row.quartiles.median;
  return value === null ? null : said.t('standing.medianShort', { median: roughText(row, value, said) });
}

/** What of the group's quartiles is told, as one sentence. */
export function quartilesText(row: BenchmarkMeasureAnswer, said: Said): string {
  const { t } = said;
  const values = Object.entries(row.quartiles).flatMap(([at, { value }]) =>
    value === null ? [] : [[at as keyof typeof row.quartiles, roughText(row, value, said)] as const],
  );
  const told = Object.fromEntries(values);
  if (values.length === 3) return t('standing.quartiles', told);
  if (values.length === 0) return t('standing.quartilesNone');
  if (values.length === 1 && told['median'] !== undefined) return t('standing.medianOnly', told);
  const parts = values.map(([at, value]) => t(`standing.part.${at}`, { value }));
  return t('standing.someQuartiles', { parts: parts.join(t('session.join')) });
}

export function countText({ from, below }: PeerGroupAnswer['owners'], t: Translate): string {
  if (below === null) return t('standing.countFrom', { from: from ?? 0 });
  return from === null ? t('standing.countUnder', { below }) : t('standing.countBetween', { from, below });
}

/** All sizes that a source has are not listed one by one. */
const SIZES = 4;

export function groupText(
  group: PeerGroupAnswer,
  { t, names, nameOf }: { t: Translate; names: Names; nameOf: (name: { zh: string; en: string }) => string },
): string {
  const join = t('session.join');
  const sizes = group.sizes.filter((size) => size !== 'unknown');
  return t(`standing.groupOf.${group.level}`, {
    belts: group.belts.map(({ name }) => nameOf(name)).join(join),
    sizes:
      sizes.length >= SIZES || group.sizes.join() === 'unknown'
        ? t('standing.anySize')
        : group.sizes.map((size) => t(`standing.sizes.${size}`)).join(join),
    count: countText(group.owners, t),
    goods: names.category(group.goods),
    province: names.province(group.province),
    city: names.city(group.city),
  });
}

export const quarterText = (quarter: string, t: Translate): string =>
  t('standing.quarterName', { year: quarter.slice(0, 4), no: quarter.slice(6) });

/** How sure the price position is of one's own goods. */
export function positionText({ matched, low, high }: PricePosition, { t, numbers }: Said): string {
  const said = { matched: numbers.percent(matched.value ?? 0) };
  if (low.value === null || high.value === null) return t('standing.positionAlone', said);
  const interval = { low: numbers.signedPercent(low.value), high: numbers.signedPercent(high.value) };
  return t('standing.position', { ...said, ...interval });
}
