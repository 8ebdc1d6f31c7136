/** Figures of a release as a report prints them: a number, or in words why there is none. */
import type {
  BriefFigure,
  FigureChange,
  ReleasedCell,
  ReleasedMeasure,
  ReportLanguage,
} from '@beltline/contract';
import type { NumberKind, ReportCell } from '../documents/report-document.ts';
import type { ReportWords } from '../documents/report-wording.ts';
import { REPORT_WORDS } from '../documents/report-words.ts';

type Cell = Pick<ReleasedCell, 'state' | ReleasedMeasure>;

export interface ReportFigures {
  /** Money to the cent, with its currency. */
  money(value: number): string;
  share(ratio: number): string;
  rate(ratio: number): string;
  whole(value: number): string;
  tenth(value: number): string;
  /** At an axis: percent without more digits than there are, and ten thousands. */
  axisRate(ratio: number): string;
  axisValue(tenThousands: number): string;
  /** A month without its year. */
  monthOfYear(month: string): string;
  /** A cell of a table: money to the cent, or in ten thousands to one decimal, without the currency. */
  gmv(cell: Cell): ReportCell;
  tenThousands(cell: Cell): ReportCell;
  orders(cell: Cell): ReportCell;
  pieces(cell: Cell): ReportCell;
  growth(cell: ReleasedCell): ReportCell;
  /** An index of which 100 is the reference; left out: not known. */
  level(figure: BriefFigure | undefined): ReportCell;
  /** A figure of a list that names its measure, and what it was moved by; of a rate or share in percentage points. */
  revised(measure: FigureChange['measure'], figure: BriefFigure): ReportCell;
  by(measure: FigureChange['measure'], value: number): ReportCell;
}

const TEN_THOUSAND = 10_000;

/** How each figure of a revision is written. */
const KINDS: Readonly<Record<FigureChange['measure'], NumberKind>> = {
  ...{ gmv: 'cents', pieces: 'whole', orders: 'whole', growth: 'rate' },
  ...{ 'refund-rate': 'share', 'on-time': 'share', 'repeat-buyers': 'share' },
  ...{ newcomers: 'share', breadth: 'share', leavers: 'share', 'small-orders': 'share' },
  'largest-sellers': 'share',
  level: 'tenth',
  ...{ 'from-newcomers': 'rate', 'from-others': 'rate', 'same-store': 'rate' },
};

export function createReportFigures(language: ReportLanguage, currency: string): ReportFigures {
  const words = REPORT_WORDS[language];
  const format = (options: Intl.NumberFormatOptions) => {
    const made = new Intl.NumberFormat(words.locale, options);
    // A minus, not a hyphen; and no break within a number.
    return (value: number) => made.format(value).replaceAll('-', '−');
  };
  const money = format({ style: 'currency', currency, currencyDisplay: 'code' });
  const cents = format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const tenth = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = format({ maximumFractionDigits: 0 });
  const percent = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const share = format(percent);
  const rate = format({ ...percent, signDisplay: 'exceptZero' });
  const monthName = new Intl.DateTimeFormat(words.locale, { month: 'short', timeZone: 'UTC' });
  const texts = { cents, tenth, whole, rate, share };
  const shown = (value: number, kind: NumberKind): ReportCell => ({
    ...{ text: texts[kind](value), isQuiet: false },
    number: { value, kind },
  });
  const cellOf = (of: (cell: Cell) => BriefFigure, kind: NumberKind, unit = 1) => {
    return (cell: Cell): ReportCell => {
      const { value } = of(cell);
      if (value === null || cell.state !== 'shown') return { text: stateText(cell, words), isQuiet: true };
      return shown(value / unit, kind);
    };
  };
  return {
    money,
    share,
    rate,
    whole,
    tenth,
    axisRate: format({ style: 'percent', maximumFractionDigits: 2, signDisplay: 'exceptZero' }),
    axisValue: format({ maximumFractionDigits: 6 }),
    monthOfYear: (month) => monthName.format(new Date(`${month}-01T00:00:00Z`)),
    gmv: cellOf(({ gmv }) => gmv, 'cents'),
    tenThousands: cellOf(({ gmv }) => gmv, 'tenth', TEN_THOUSAND),
    orders: cellOf(({ orders }) => orders, 'whole'),
    pieces: cellOf(({ pieces }) => pieces, 'whole'),
    growth: ({ growth }) => rateCell(growth, words, shown),
    level: (figure = NOT_KNOWN) => rateCell(figure, words, (value) => shown(value, 'tenth')),
    revised: (measure, figure) => {
      const kind = KINDS[measure];
      if (measure === 'growth' || measure === 'level')
        return rateCell(figure, words, (value) => shown(value, kind));
      if (figure.value !== null) return shown(figure.value, kind);
      return { text: words.states[figure.flag === 'suppressed' ? 'suppressed' : 'no-data'], isQuiet: true };
    },
    by: (measure, value) => {
      const kind = KINDS[measure] === 'share' ? 'rate' : KINDS[measure];
      const sign = value > 0 && kind !== 'rate' ? '+' : '';
      return { ...shown(value, kind), text: `${sign}${texts[kind](value)}` };
    },
  };
}

const NOT_KNOWN: BriefFigure = { value: null, flag: 'not-available', reason: 'no-data' };

function rateCell(
  growth: BriefFigure,
  words: ReportWords,
  shown: (value: number, kind: NumberKind) => ReportCell,
): ReportCell {
  const why = rateMissing(growth);
  if (why === null) return shown(growth.value ?? 0, 'rate');
  const texts = { suppressed: words.states.suppressed, 'small-base': words.smallBase, none: words.noRate };
  return { text: texts[why], isQuiet: true };
}

/** Why a rate is not told; null where it is. */
export function rateMissing({ value, flag }: BriefFigure): 'suppressed' | 'small-base' | 'none' | null {
  if (flag === 'suppressed') return 'suppressed';
  if (flag === 'base-too-small') return 'small-base';
  return value === null ? 'none' : null;
}

const stateText = ({ state }: Cell, { states }: ReportWords): string =>
  state === 'shown' ? states['no-data'] : states[state];
