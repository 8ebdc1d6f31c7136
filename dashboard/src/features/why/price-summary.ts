import type { Figure, PricesAnswer, SureFigure } from '@beltline/contract';
import type { ChainPoint } from '../../charts/price-level-option.ts';
import type { WaterfallPart } from '../../charts/waterfall-option.ts';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** An index of the baseline itself. */
const BASE_INDEX = 100;

/** What price and what volume did to the value; none where they cannot be told apart, or rest on too small a base. */
export function priceParts({ priceChange, volumeChange }: PricesAnswer, t: Translate): WaterfallPart[] {
  if (priceChange.value === null || volumeChange.value === null) return [];
  return [
    {
      id: 'volume',
      name: t('why.volumeEffect'),
      change: volumeChange.value,
      contribution: null,
      sure: volumeChange,
    },
    {
      id: 'price',
      name: t('why.priceEffect'),
      change: priceChange.value,
      contribution: null,
      sure: priceChange,
    },
  ];
}

export function priceSummary(
  answer: PricesAnswer,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const { tornqvist, volume, priceChange, volumeChange, matchedShare } = answer;
  const none = (reason: string) =>
    t('why.pricesSummaryNone', { comparison: t(`comparison.${answer.meta.comparison}`), reason });
  if (tornqvist.flag === 'base-too-small') return none(t('flag.base-too-small'));
  if (tornqvist.value === null || volume.value === null || matchedShare.value === null)
    return none(t(`reason.${answer.reason ?? tornqvist.reason ?? 'no-data'}`));
  const indices = {
    share: numbers.percent(matchedShare.value),
    price: sureIndex(tornqvist.value, tornqvist, { numbers, t }),
    volume: sureIndex(volume.value, volume, { numbers, t }),
  };
  if (priceChange.value === null || volumeChange.value === null) return t('why.pricesSummaryIndex', indices);
  return t('why.pricesSummary', {
    ...indices,
    priceChange: numbers.signed(priceChange.value, 'money'),
    volumeChange: numbers.signed(volumeChange.value, 'money'),
  });
}

/** An index with its interval, as a sentence says it. */
function sureIndex(
  value: number,
  { uncertainty }: Pick<Figure, 'uncertainty'>,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const index = numbers.index(value);
  if (uncertainty === null) return index;
  const { low, high } = uncertainty;
  return t('why.indexBetween', { index, low: numbers.index(low), high: numbers.index(high) });
}

/**
 * Which of both indices chance may have moved from 100, in words; why there is no telling where there are too few owners; null where
 * both surely moved.
 */
export function unsureWords({ tornqvist, volume }: PricesAnswer, t: Translate): string | null {
  if (tornqvist.value === null || tornqvist.flag === 'base-too-small') return null;
  const reason = tornqvist.uncertaintyReason ?? volume.uncertaintyReason;
  if (reason !== null) return t('why.pricesUnknown', { reason: t(`reason.${reason}`) });
  const isUnsure = ({ uncertainty }: Figure) =>
    uncertainty !== null && uncertainty.low < BASE_INDEX && uncertainty.high > BASE_INDEX;
  if (isUnsure(tornqvist) && isUnsure(volume)) return t('why.unsureBoth');
  if (isUnsure(tornqvist)) return t('why.unsurePrice');
  return isUnsure(volume) ? t('why.unsureVolume') : null;
}

/** How many SKUs, and how much of the value of either period, the price index is of; null where it is of none. */
export function matchedWords(
  { matchedSkus, matchedShare, baselineMatchedShare }: PricesAnswer,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string | null {
  if (matchedShare.value === null || baselineMatchedShare.value === null) return null;
  return t('why.matched', {
    n: matchedSkus ?? 0,
    count: numbers.count(matchedSkus),
    share: numbers.percent(matchedShare.value),
    baselineShare: numbers.percent(baselineMatchedShare.value),
  });
}

/** An index as it is shown: the number, or in words why it is none that could be. */
export function indexWords(
  { value, flag, reason }: Figure,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  if (flag === 'base-too-small') return t('flag.base-too-small');
  return value === null ? t(`reason.${reason ?? 'no-data'}`) : numbers.index(value);
}

/** What hinders telling how sure the levels are, for now. */
export type ChainHindrance = 'why.priceLevelWaiting' | 'why.priceLevelFailed';

/** The chain from its first month to the last that has an index, and whether chance may have moved it as far. */
export function chainSummary(
  chain: readonly ChainPoint[],
  hindrance: ChainHindrance | null,
  { numbers, dates, t }: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const first = chain.find(({ index }) => index.value !== null);
  const last = chain.findLast(({ index }) => index.value !== null);
  if (first === undefined || last?.index.value == null || first.month === last.month)
    return t('why.priceLevelNone');
  return t('why.priceLevelSummary', {
    from: dates.month(first.month),
    to: dates.month(last.month),
    index: sureIndex(last.index.value, { uncertainty: last.sure?.uncertainty ?? null }, { numbers, t }),
    chance: chanceOf(last.sure, hindrance, t),
  });
}

/** Whether a level may be 100 as well; nothing where it surely is not. */
function chanceOf(sure: SureFigure | null, hindrance: ChainHindrance | null, t: Translate): string {
  if (sure === null) return hindrance === null ? '' : t(hindrance);
  const { uncertainty, uncertaintyReason } = sure;
  if (uncertaintyReason !== null)
    return t('why.priceLevelUnknown', { reason: t(`reason.${uncertaintyReason}`) });
  const isUnsure = uncertainty !== null && uncertainty.low <= BASE_INDEX && uncertainty.high >= BASE_INDEX;
  return isUnsure ? t('why.priceLevelUnsure') : '';
}
