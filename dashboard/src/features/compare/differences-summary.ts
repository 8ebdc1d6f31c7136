/** What is told of areas side by side, in words: which differences are sure, and that the others are not. */
import type {
  Area,
  DifferenceFinding,
  DifferencesAnswer,
  PriceDifferencesAnswer,
  SureFigure,
} from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';
import { isSameArea } from './compared-areas.ts';

export const COMPARED_FIGURES = ['level', 'growth', 'breadth', 'price'] as const;
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

export interface ToldDifference {
  readonly by: SureFigure;
  readonly finding: DifferenceFinding | null;
}
/** Of one area from the first one; `null` of what is not told (yet). */
export type Differences = Readonly<Record<ComparedFigure, ToldDifference | null>>;

/** The differences of an area from another, from both answers. */
export function differencesFrom(
  base: Area,
  area: Area,
  answer: DifferencesAnswer,
  prices: PriceDifferencesAnswer | null,
): Differences {
  const row = answer.areas
    .find((one) => isSameArea(one.area, area))
    ?.against.find((one) => isSameArea(one.area, base));
  const price = prices?.areas
    .find((one) => isSameArea(one.area, area))
    ?.against.find((one) => isSameArea(one.area, base));
  return {
    level: row ? { by: row.level, finding: row.levelFinding } : null,
    growth: row ? { by: row.growth, finding: row.growthFinding } : null,
    breadth: row ? { by: row.breadth, finding: row.breadthFinding } : null,
    price: price ? { by: price.price, finding: price.priceFinding } : null,
  };
}

interface Words {
  readonly numbers: NumberFormat;
  readonly names: Names;
  readonly dates: DateFormat;
  readonly t: Translate;
}

/** A difference in words: more, less, or that it is not sure, each with its interval. A finding is told by its size, the rest with its sign. */
export function differenceWords(
  figure: ComparedFigure,
  { by, finding }: ToldDifference,
  { numbers, t }: Pick<Words, 'numbers' | 't'>,
): string {
  if (by.value === null || by.uncertainty === null)
    return t('sideBySide.noDifference', {
      reason: t(`reason.${by.reason ?? by.uncertaintyReason ?? 'no-data'}`),
    });
  const { value, uncertainty } = by;
  const written = (of: number) => (figure === 'growth' ? numbers.signedPoints(of) : signed(of, numbers));
  const [low, high] = [uncertainty.low, uncertainty.high];
  if (finding === null)
    return t('sideBySide.unsure', { by: written(value), low: written(low), high: written(high) });
  const sign = finding === 'more' ? 1 : -1;
  const size = (of: number) => plain(figure, sign * of, numbers);
  const ends = sign === 1 ? { low: size(low), high: size(high) } : { low: size(high), high: size(low) };
  return t(`sideBySide.${finding}`, { by: size(value), ...ends });
}

const signed = (value: number, numbers: NumberFormat) =>
  value > 0 ? `+${numbers.index(value)}` : numbers.index(value);
const plain = (figure: ComparedFigure, value: number, numbers: NumberFormat) =>
  figure === 'growth' ? numbers.signedPoints(value).replace(/^\+/, '') : numbers.index(value);

/** One sentence: of each area what is surely more and what less than of the first, and what is not told apart. */
export function differencesSummary(
  areas: readonly Area[],
  answer: DifferencesAnswer,
  prices: PriceDifferencesAnswer | null,
  { names, dates, t }: Words,
): string {
  const [base, ...others] = areas;
  if (!base || answer.month === null) return '';
  const parts = others.map((area) => {
    const differences = differencesFrom(base, area, answer, prices);
    const told = COMPARED_FIGURES.filter((figure) => differences[figure]?.by.uncertainty != null);
    const listed = (figures: readonly ComparedFigure[]) =>
      figures.map((figure) => t(`sideBySide.figure.${figure}`)).join(t('sideBySide.figuresJoin'));
    const of = (finding: DifferenceFinding | null) =>
      told.filter((figure) => differences[figure]?.finding === finding);
    const [more, less, rest] = [of('more'), of('less'), of(null)];
    const what = [
      ...(more.length > 0 ? [t('sideBySide.higher', { figures: listed(more) })] : []),
      ...(less.length > 0 ? [t('sideBySide.lower', { figures: listed(less) })] : []),
      ...(more.length + less.length === 0
        ? [t(told.length === 0 ? 'sideBySide.untold' : 'sideBySide.nothingSure')]
        : rest.length > 0
          ? [t('sideBySide.rest', { figures: listed(rest) })]
          : []),
    ];
    return t('sideBySide.part', { name: names.area(area), what: what.join(t('sideBySide.whatJoin')) });
  });
  return (
    t('sideBySide.summary', {
      month: dates.month(answer.month),
      base: names.area(base),
      parts: parts.join(t('sideBySide.partsJoin')),
    }) + t('sideBySide.end')
  );
}
