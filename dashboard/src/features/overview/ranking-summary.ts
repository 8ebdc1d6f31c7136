import type {
  BriefFigure,
  ComparedValue,
  GrowthByBeltAnswer,
  RankingUncertaintyAnswer,
  SureFigure,
} from '@beltline/contract';
import { asSureAs, growthPhrase } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import { pick, type Locale } from '../../i18n/locale.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type Certainty, factsAmong } from './ranking-rows.ts';

/**
 * The ranking in one sentence: how many belts, their total, and the one that stands first, where its place and growth are said as surely as
 * they are known. `certainty`: null where that is not known yet, or cannot be, as of counts of merchants; `total`: growth of all together, likewise.
 */
export function rankingSummary(
  answer: GrowthByBeltAnswer,
  certainty: ReadonlyMap<string, Certainty> | null,
  total: SureFigure | null,
  words: { numbers: NumberFormat; names: Names; locale: Locale; t: Translate },
): string {
  const { numbers, names, locale, t } = words;
  const first = answer.rows[0];
  if (!first) return '';
  if (answer.total.value.value === null) {
    const reason = t(`reason.${answer.total.value.reason ?? 'no-data'}`);
    return t('ranking.summaryNone', { count: answer.count, reason });
  }
  const sure = certainty?.get(first.belt.beltId);
  const facts = factsAmong(first, sure);
  const [low, high] = [sure?.firstPlace ?? null, sure?.lastPlace ?? null];
  const value = ({ value: { value }, unit }: ComparedValue) =>
    value === null ? t('reason.no-data') : numbers.compact(value, unit);
  return t('ranking.summary', {
    count: answer.count,
    area: answer.area.level === 'nation' ? t('area.nation') : names.area(answer.area),
    value: value(answer.total),
    comparison: t(`comparison.${answer.meta.comparison}`),
    growth: surePhrase(answer.total.growth, total, { numbers, t }),
    name: pick(first.belt.name, locale),
    first: value(first.compared),
    firstGrowth: growthPhrase(facts, numbers, t),
    places: placesPhrase(low, high, answer.count, t),
  });
}

/** Between which places a belt stands; nothing where that is one or is not known, and of all places that it cannot be told. */
function placesPhrase(low: number | null, high: number | null, count: number, t: Translate): string {
  if (low === null || high === null || high <= low) return '';
  return low === 1 && high >= count ? t('ranking.placesUnsure') : t('ranking.places', { low, high });
}

/** Growth with its interval in figures, where it has one. */
function surePhrase(
  growth: BriefFigure,
  sure: SureFigure | null,
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const facts = asSureAs(growth, sure);
  const phrase = growthPhrase(facts, numbers, t);
  if (!facts.uncertainty || growth.flag === 'base-too-small') return phrase;
  const { low, high } = facts.uncertainty;
  return t('ranking.sureGrowth', {
    growth: phrase,
    low: numbers.signedPercent(low),
    high: numbers.signedPercent(high),
  });
}

/** How many belts surely rise and fall, and of how many that may be chance. */
export function findingsSummary(
  { rows, falseDiscoveryRate }: RankingUncertaintyAnswer,
  t: Translate,
): string {
  // Where a belt has no growth that is shown, nothing is said of its sign.
  const shown = rows.filter(({ growth }) => growth.value !== null && growth.flag !== 'base-too-small');
  const count = (finding: RankingUncertaintyAnswer['rows'][number]['finding']) =>
    shown.filter((row) => row.finding === finding).length;
  const note = t('ranking.placesNote');
  if (shown.length === 0) return t('ranking.findingsNone', { note });
  return t('ranking.findings', {
    note,
    rising: count('rises'),
    falling: count('falls'),
    rest: count(null),
    rate: Math.round(100 * falseDiscoveryRate),
  });
}
