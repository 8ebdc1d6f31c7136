import type { Unit } from '@beltline/contract';
import type { Locale } from '../i18n/locale.ts';

/**
 * Numbers as a person reads them. `compact` is 万 and 亿 in Chinese, K, M and B in English; `exact` is every digit and
 * stands in titles, tables and, on request, everywhere. Currency symbols are the unambiguous ones (CN¥, US$, R$).
 */
export interface NumberFormat {
  compact(value: number, unit: Unit): string;
  exact(value: number, unit: Unit): string;
  /** What a figure shows: compact, or exact when the reader asked for whole numbers. */
  shown(value: number, unit: Unit): string;
  /** What was rounded to three significant digits, with no digit more: 1.79万. */
  rough(value: number, unit: Unit): string;
  /** Without a currency symbol, for axes whose name states the unit. */
  axis(value: number): string;
  /** A number of things; a dash where it is not told. */
  count(value: number | null): string;
  /** A ratio as a percentage with its sign: 0.703 → +70.3%. */
  signedPercent(ratio: number): string;
  /** Something that is less than is shown, and not nothing: 0.0002 → <0.1%. */
  percent(ratio: number): string;
  /** The same to a hundredth of a per cent, for what is mostly under one: 0.0035 → 0.35%; and with its sign. */
  finePercent(ratio: number): string;
  signedFinePercent(ratio: number): string;
  /** A share of replicates: whole per cent, and never a certainty that they cannot give. */
  probability(share: number): string;
  /** For axes: a ratio as a percentage without decimals it does not need: 0.2 → 20%. */
  axisPercent(ratio: number): string;
  /** A ratio as percentage points with its sign, without the unit's word: 0.0123 → +1.23. */
  signedPoints(ratio: number): string;
  signed(value: number, unit: Unit): string;
  /** A number about 100, or between 0 and 100, to one decimal: levels, breadths, HHI. */
  index(value: number): string;
  /** A coefficient between 0 and 1, to three decimals: Gini. */
  coefficient(value: number): string;
  bytes(value: number): string;
}

/** Below this, a whole number is as short as its compact form. */
const COMPACT_FROM = 10_000;
/** Digits of a compact number: always as many, so that columns line up. */
const DIGITS = 4;

/** Some hundred replicates cannot tell more. */
const MOST_PROBABLE = 0.99;

/** The least that one decimal of a per cent shows. */
const SMALLEST_SHOWN = 0.001;

/** What is counted is whole, also where it is an estimate or freed of the season. */
const COUNTED: ReadonlySet<Unit> = new Set([
  'orders',
  'pieces',
  'merchants',
  'buyers',
  'days',
  'lines',
  'items',
]);

interface NumberSettings {
  currency: string;
  exactNumbers: boolean;
}

function moneyOptions(currency: string): Intl.NumberFormatOptions {
  return { style: 'currency', currency, currencyDisplay: 'symbol' };
}

/** What rounds to nothing has no sign: neither −¥0 nor −0.0%. */
function formatter(locale: Locale, options: Intl.NumberFormatOptions) {
  return new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
}

function valueFormatters(locale: Locale, currency: string) {
  const round = { notation: 'compact', maximumSignificantDigits: DIGITS } as const;
  const compact = { ...round, minimumSignificantDigits: DIGITS } as const;
  const rough = { notation: 'compact', maximumSignificantDigits: 3 } as const;
  const money = moneyOptions(currency);
  return {
    round: formatter(locale, round),
    compact: formatter(locale, compact),
    compactMoney: formatter(locale, { ...money, ...compact }),
    rough: formatter(locale, rough),
    roughMoney: formatter(locale, { ...money, ...rough }),
    plain: formatter(locale, { maximumFractionDigits: 2 }),
    plainMoney: formatter(locale, money),
    shortMoney: formatter(locale, { ...money, maximumFractionDigits: 0 }),
    whole: formatter(locale, { maximumFractionDigits: 0 }),
  };
}

function ratioFormatters(locale: Locale) {
  const percent = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const fine = { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  return {
    fine: formatter(locale, fine),
    signedFine: formatter(locale, { ...fine, signDisplay: 'exceptZero' }),
    signed: formatter(locale, { ...percent, signDisplay: 'exceptZero' }),
    unsigned: formatter(locale, percent),
    index: formatter(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    coefficient: formatter(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    axis: formatter(locale, { style: 'percent', maximumFractionDigits: 1 }),
    whole: formatter(locale, { style: 'percent', maximumFractionDigits: 0 }),
    points: formatter(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      signDisplay: 'exceptZero',
    }),
  };
}

function formatBytes(value: number, locale: Locale): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value / 1000 ** step);
}

export function createNumberFormat(locale: Locale, settings: NumberSettings): NumberFormat {
  const values = valueFormatters(locale, settings.currency);
  const ratios = ratioFormatters(locale);
  const exact = (value: number, unit: Unit) =>
    (unit === 'money' ? values.plainMoney : COUNTED.has(unit) ? values.whole : values.plain).format(value);
  const compact = (value: number, unit: Unit) => {
    const long = Math.abs(value) >= COMPACT_FROM;
    if (unit === 'money') return (long ? values.compactMoney : values.shortMoney).format(value);
    return long ? values.compact.format(value) : exact(value, unit);
  };
  const shown = settings.exactNumbers ? exact : compact;
  return {
    compact,
    exact,
    shown,
    rough: (value, unit) => (unit === 'money' ? values.roughMoney : values.rough).format(value),
    axis: (value) => (Math.abs(value) >= COMPACT_FROM ? values.round : values.plain).format(value),
    count: (value) => (value === null ? '–' : values.whole.format(value)),
    signedPercent: (ratio) => ratios.signed.format(ratio),
    percent: (ratio) =>
      ratio > 0 && ratio < SMALLEST_SHOWN / 2
        ? `<${ratios.unsigned.format(SMALLEST_SHOWN)}`
        : ratios.unsigned.format(ratio),
    finePercent: (ratio) => ratios.fine.format(ratio),
    signedFinePercent: (ratio) => ratios.signedFine.format(ratio),
    probability: (share) =>
      share > MOST_PROBABLE ? `>${ratios.whole.format(MOST_PROBABLE)}` : ratios.whole.format(share),
    axisPercent: (ratio) => ratios.axis.format(ratio),
    signedPoints: (ratio) => ratios.points.format(ratio * 100),
    index: (value) => ratios.index.format(value),
    coefficient: (value) => ratios.coefficient.format(value),
    signed: (value, unit) => {
      const text = shown(value, unit);
      return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
    },
    bytes: (value) => formatBytes(value, locale),
  };
}
