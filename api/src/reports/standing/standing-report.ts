/** A merchant's page as a document: the figures of the answer and no others. */
import type {
  BenchmarkAnswer,
  BenchmarkMeasure,
  BenchmarkMeasureAnswer,
  BriefFigure,
  ReportLanguage,
} from '@beltline/contract';
import { BENCHMARK_DEFINITIONS } from '../../benchmark/benchmark-definitions.ts';
import type {
  NumberKind,
  ReportCell,
  ReportDocument,
  ReportSection,
  ReportTable,
} from '../documents/report-document.ts';
import { filled } from '../documents/report-words.ts';
import { STANDING_WORDS, type StandingWords } from './standing-wording.ts';

/** All of it is to stand on one sheet: where much is found, tables are set closer, and what a sentence can tell has none. */
const FEW_FOUND = 4;
const isCrowded = ({ differences }: BenchmarkAnswer) => (differences?.found.length ?? 0) > FEW_FOUND;
const tightness = (answer: BenchmarkAnswer) => ({
  ...{ size: 6.5, inset: 3 },
  lead: isCrowded(answer) ? 1 : 1.4,
});

export function standingReport(answer: BenchmarkAnswer, language: ReportLanguage): ReportDocument {
  const words = STANDING_WORDS[language];
  const tools = { language, words, texts: textsOf(words.locale) };
  const { facts } = words;
  const quarter = quarterText(answer.quarter, words);
  const [year = 0, month = 0, day = 0] = answer.publishedOn.split('-').map(Number);
  return {
    ...{ language, level: words.level, author: words.author, kind: words.kind },
    title: filled(words.title, { quarter }),
    keywords: [answer.source, answer.quarter],
    made: { year, month, day },
    words: { page: words.page },
    foot: `${answer.sourceName[language]} · ${facts.version} ${answer.dataVersion}, ${answer.publishedOn}`,
    facts: [
      { name: facts.owner, value: answer.owner },
      { name: facts.group, value: groupText(answer, tools) },
      { name: facts.version, value: `${answer.dataVersion} · ${answer.publishedOn}` },
    ],
    sections: [
      {
        title: words.sections.measures,
        sentences: [],
        tables: [measuresTable(answer, tools)],
        notes: positionNotes(answer, tools),
        charts: [],
      },
      rankSection(answer, tools),
      differencesSection(answer, tools),
      withNotes(changeSection(answer, tools), words.notes),
    ],
  };
}

const withNotes = (section: ReportSection, notes: readonly string[]): ReportSection => ({
  ...section,
  notes: [...section.notes, ...notes],
});

type Texts = Readonly<Record<NumberKind, (value: number) => string>>;
interface Tools {
  readonly language: ReportLanguage;
  readonly words: StandingWords;
  readonly texts: Texts;
}

function textsOf(locale: string): Texts {
  const format = (options: Intl.NumberFormatOptions) => {
    // What rounds to nothing has no sign.
    const made = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
    return (value: number) => made.format(value).replaceAll('-', '−');
  };
  const digits = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
  return {
    cents: format(digits(2)),
    tenth: format(digits(1)),
    whole: format(digits(0)),
    rate: format({ style: 'percent', signDisplay: 'exceptZero', ...digits(1) }),
    share: format({ style: 'percent', ...digits(1) }),
  };
}

const CHANGES: ReadonlySet<BenchmarkMeasure> = new Set([
  ...(['growth', 'growth-aligned', 'growth-same-store', 'price-trend', 'price-position'] as const),
]);
function kindOf({ measure, unit }: Pick<BenchmarkMeasureAnswer, 'measure' | 'unit'>): NumberKind {
  if (CHANGES.has(measure)) return 'rate';
  if (unit === 'ratio') return 'share';
  if (unit === 'money') return 'cents';
  return measure === 'order-pieces' || unit === 'index' ? 'tenth' : 'whole';
}

const said = (text: string): ReportCell => ({ text, isQuiet: false });
const quiet = (text: string): ReportCell => ({ text, isQuiet: true });
const shown = (value: number, kind: NumberKind, { texts }: Tools, after = ''): ReportCell => ({
  ...{ text: texts[kind](value) + after, isQuiet: false },
  number: { value, kind },
});
const wide = (name: string) => ({ name, isWide: true, isNumber: false });
const number = (name: string) => ({ name, isWide: false, isNumber: true });

const NAMES = new Map(BENCHMARK_DEFINITIONS.map(({ id, name }) => [id, name]));
/** What a measure is called, as its definition says. */
export const nameOf = (id: string, language: ReportLanguage): string => NAMES.get(id)?.[language] ?? id;

export const quarterText = (quarter: string, words: StandingWords): string =>
  filled(words.quarter, { year: quarter.slice(0, 4), no: quarter.slice(6) });

function countText(
  { from, below }: { from: number | null; below: number | null },
  { owners }: StandingWords,
) {
  const numbers = { from: String(from), below: String(below) };
  if (below === null) return filled(owners.from, numbers);
  return filled(from === null ? owners.under : owners.between, numbers);
}

/** Belts are named as far as they fit. */
const BELTS = 3;
export function groupText(
  { group, noGroup }: BenchmarkAnswer,
  { language, words }: Pick<Tools, 'language' | 'words'>,
): string {
  if (!group) return words.noGroup[noGroup ?? 'no-orders'];
  const names = group.belts.slice(0, BELTS).map(({ name }) => name[language]);
  return filled(words.group, {
    belts: names.join(language === 'zh' ? '、' : ', ') + (group.belts.length > BELTS ? ' …' : ''),
    goods: group.goods[language],
    count: countText(group.owners, words),
  });
}

function measuresTable(answer: BenchmarkAnswer, tools: Tools): ReportTable {
  const { measures, currency } = answer;
  const { words, language } = tools;
  const { columns } = words;
  return {
    caption: filled(words.caption, { currency }),
    ...tightness(answer),
    columns: [
      wide(columns.measure),
      ...[columns.own, columns.band, columns.lower, columns.median, columns.upper].map(number),
    ],
    rows: measures.map((row) => [
      said(nameOf(row.measure, language)),
      ownCell(row, tools),
      row.band ? said(filled(words.band, bandText(row.band))) : quiet('–'),
      ...[row.quartiles.lower, row.quartiles.median, row.quartiles.upper].map(({ value }) =>
        value === null ? quiet(words.withheld) : shown(value, groupKind(row), tools),
      ),
    ]),
  };
}

/** How sure the price position is, where there is one. */
function positionNotes({ pricePosition }: BenchmarkAnswer, { words, texts }: Tools): string[] {
  if (!pricePosition) return [];
  const { matched, low, high } = pricePosition;
  const said = { matched: texts.share(matched.value ?? 0) };
  if (low.value === null || high.value === null) return [filled(words.positionAlone, said)];
  return [filled(words.position, { ...said, low: texts.rate(low.value), high: texts.rate(high.value) })];
}

const bandText = ({ place, of }: { place: number; of: number }) => ({ place: String(place), of: String(of) });

/** A mean of whole numbers is none. */
const groupKind = (row: BenchmarkMeasureAnswer): NumberKind => (row.unit === 'items' ? 'tenth' : kindOf(row));

function ownCell(row: BenchmarkMeasureAnswer, tools: Tools): ReportCell {
  const { value, flag, reason } = row.value;
  if (value === null) return quiet(tools.words.none[reason ?? ''] ?? '–');
  return shown(value, kindOf(row), tools, flag === 'base-too-small' ? tools.words.smallBase : '');
}

function rankSection(answer: BenchmarkAnswer, tools: Tools): ReportSection {
  const { rank } = answer;
  const { words, language, texts } = tools;
  const { rankColumns, components, sections } = words;
  if (!rank) return { title: sections.rank, sentences: [words.noRank], tables: [], notes: [], charts: [] };
  const { of } = rank.band;
  const bandOf = (place: number | null) =>
    place === null ? quiet('–') : said(filled(words.band, bandText({ place, of })));
  return {
    title: sections.rank,
    sentences: [filled(words.rank, { ...bandText(rank.band), sureness: texts.share(rank.sureness) })],
    tables: [
      {
        caption: '',
        ...tightness(answer),
        columns: [
          wide(rankColumns.component),
          ...[rankColumns.weight, rankColumns.band, rankColumns.needs].map(number),
        ],
        rows: rank.components.map(({ component, measure, weight, place, needs }) => [
          said(`${components[component]} · ${nameOf(measure, language)}`),
          shown(weight, 'tenth', tools),
          bandOf(place),
          bandOf(needs),
        ]),
      },
    ],
    notes: [],
    charts: [],
  };
}

function differencesSection({ differences }: BenchmarkAnswer, { words, language }: Tools): ReportSection {
  const title = words.sections.differences;
  if (!differences) return { title, sentences: [words.noPool], tables: [], notes: [], charts: [] };
  const { goods, owners, recovery, found } = differences;
  const told = found.map(({ measure, direction, size, least, most }) =>
    filled(words.difference, {
      measure: nameOf(measure, language),
      direction: words.directions[direction],
      size: words.sizes[size],
      ...{ least: words.sizes[least ?? 'none'], most: words.sizes[most] },
    }),
  );
  const pool = filled(words.pool, {
    goods: goods?.[language] ?? words.allGoods,
    count: countText(owners, words),
    recovery: nameOf(recovery, language),
  });
  const join = language === 'zh' ? '' : ' ';
  const all = (told.length === 0 ? [words.noDifference] : told).join(join);
  const isMuch = told.length > FEW_FOUND;
  const sentences = isMuch ? [pool] : [pool + join + all];
  return { title, sentences, tables: [], notes: isMuch ? [all] : [], charts: [] };
}

function changeSection(answer: BenchmarkAnswer, tools: Tools): ReportSection {
  const { change, currency } = answer;
  const { words, texts } = tools;
  const title = words.sections.change;
  if (!change) return { title, sentences: [words.noChange], tables: [], notes: [], charts: [] };
  const money = ({ value }: BriefFigure) => `${currency} ${texts.cents(value ?? 0)}`;
  const sentence = filled(words.change, {
    quarter: quarterText(change.baselineQuarter, words),
    change: `${(change.change.value ?? 0) > 0 ? '+' : ''}${texts.cents(change.change.value ?? 0)}`,
    baseline: money(change.baseline),
  });
  const table: ReportTable = {
    caption: '',
    ...tightness(answer),
    columns: [wide(words.part), number(words.amount)],
    rows: change.factors.map(({ factor, change: by }) => [
      said(words.factors[factor]),
      amountCell(by, tools),
    ]),
  };
  const hasTable = change.factors.length > 0 && !isCrowded(answer);
  return {
    title,
    sentences: [sentence],
    tables: hasTable ? [table] : [],
    notes: [waysOf(change, !hasTable, tools).join(tools.language === 'zh' ? '' : ' ')].filter(
      (note) => note !== '',
    ),
    charts: [],
  };
}

/** Ways to split the change, a sentence each: tables of all of them would not stand on the sheet. */
function waysOf(
  { factors, buyers, prices, turnover }: NonNullable<BenchmarkAnswer['change']>,
  hasFactors: boolean,
  { words, language, texts }: Tools,
): string[] {
  const signed = ({ value }: BriefFigure) => `${(value ?? 0) > 0 ? '+' : ''}${texts.cents(value ?? 0)}`;
  const listed = (parts: readonly string[]) => parts.join(language === 'zh' ? '，' : ', ');
  const byFactor = (parts: typeof factors | typeof buyers | typeof prices) =>
    listed(parts.map(({ factor, change }) => `${words.factors[factor]} ${signed(change)}`));
  const byBuyer = turnover.map((row) => {
    const moves = (['came', 'went', 'stayed'] as const).map(
      (how) => `${words.turnover[how]} ${signed(row[how])}`,
    );
    return `${words.buyers[row.size]} ${moves.join(' / ')}`;
  });
  return [
    ...(hasFactors && factors.length > 0 ? [filled(words.ways.orders, { parts: byFactor(factors) })] : []),
    ...(buyers.length > 0 ? [filled(words.ways.buyers, { parts: byFactor(buyers) })] : []),
    ...(prices.length > 0 ? [filled(words.ways.prices, { parts: byFactor(prices) })] : []),
    ...(byBuyer.length > 0 ? [filled(words.ways.turnover, { parts: listed(byBuyer) })] : []),
  ];
}

const amountCell = ({ value }: BriefFigure, tools: Tools): ReportCell =>
  value === null ? quiet('–') : shown(value, 'cents', tools);
