import type {
  ComparedValue,
  ContributionPart,
  ContributionsAnswer,
  GrowthAnswer,
  GrowthUncertaintyAnswer,
  SureFigure,
} from '@beltline/contract';
import { brief, dates, fourMonths, numbers, point } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import type { Translate } from '../../i18n/translate.ts';
import { contributionSummary } from './contribution-summary.ts';
import { headlineSummary } from './headline-summary.ts';
import { combinationName, extremes, orderedParts, partName } from './part-name.ts';
import type { SplitCertainty } from './useSplitCertainty.ts';
import { trendSummary } from './trend-summary.ts';

let t: Translate;
let en: Translate;
beforeAll(async () => {
  t = await translatorOf('zh-CN');
  en = await translatorOf('en');
});
const words = () => ({ numbers, dates, t });

const compared = (growth: number | null): ComparedValue => ({
  unit: 'orders',
  definition: 'orders',
  value: brief(100),
  baseline: brief(50),
  change: brief(50),
  growth: brief(growth, growth === null ? { reason: 'no-baseline' } : {}),
});

describe('the headline', () => {
  it('is said in one sentence, with arrows, and in words where there is no rate', () => {
    const measures = (growth: number | null) => ({ orders: compared(growth), gmv: compared(growth) });
    const answer = {
      meta: { period: { from: '2024-01', to: '2024-12' }, baseline: {}, comparison: 'year-ago' },
      tracks: [
        { track: 'all', measures: measures(0.608) },
        { track: 'distribution', measures: measures(0.7) },
        { track: 'cross-border', measures: measures(-0.1) },
        { track: 'custom', measures: measures(null) },
      ],
    } as unknown as GrowthAnswer;
    const interval = (low: number, high: number) => ({ uncertainty: { low, high, grade: 'A' } });
    const sureOf = (orders: object, gmv: object) =>
      ({
        tracks: answer.tracks.map(({ track }) => ({ track, measures: { orders, gmv } })),
      }) as unknown as GrowthUncertaintyAnswer;
    const sure = sureOf(interval(0.1, 0.9), interval(0.2, 0.9));
    expect(headlineSummary(answer, sure, numbers, dates, t)).toBe(
      '2024年1月 – 12月同比：订单 ▲+60.8%，成交额 ▲+60.8%；其中分销订单 ▲+70.0%，跨境订单 ▼-10.0%，定制订单 基期未载全。',
    );
    // Of a rate whose sign may be chance, of too few owners, or of which nothing is known yet, no direction.
    const few = { uncertainty: null, uncertaintyReason: 'too-few-owners' };
    expect(headlineSummary(answer, sureOf(interval(-0.1, 0.9), few), numbers, dates, t)).toMatch(
      /订单 ±\+60.8%，成交额 ±\+60.8%；其中分销订单 ±\+70.0%，跨境订单 ±-10.0%，定制订单 基期未载全。$/,
    );
    expect(headlineSummary(answer, null, numbers, dates, t)).toContain('订单 ±+60.8%');
    const alone = { ...answer, meta: { ...answer.meta, baseline: null } };
    expect(headlineSummary(alone, null, numbers, dates, t)).toBe(
      '2024年1月 – 12月：订单 100 单，成交额 100；基期没有完整载入，不作比较。',
    );
    expect(headlineSummary(alone, null, numbers, dates, en)).toContain(': 100 orders, GMV');
    const one = alone.tracks.map((row) => ({
      ...row,
      measures: { ...row.measures, orders: { ...compared(null), value: brief(1) } },
    }));
    expect(headlineSummary({ ...alone, tracks: one }, null, numbers, dates, en)).toContain(': 1 order, GMV');
  });
});

describe('the trend', () => {
  it('speaks of the last complete month and the highest, and says that the last one is not complete', () => {
    expect(trendSummary(fourMonths, 'orders', words())).toBe(
      '2024年12月为 820，同比 ±+28.0%；图中最高为 2024年11月的 990。2025年2月不完整（斜线，覆盖 35.7%）。',
    );
  });

  it('never takes a part of a month for the highest', () => {
    const points = [point('2024-12-01', 10), point('2025-01-01', 500, { coverage: 0.9 })];
    expect(trendSummary(points, 'orders', words())).toContain('图中最高为 2024年12月的 10');
  });

  it('says when no month is complete', () => {
    expect(trendSummary([point('2025-01-01', null)], 'orders', words())).toBe('图中没有完整的月份。');
  });
});

const part = (
  kind: ContributionPart['kind'],
  change: number,
  more: Partial<ContributionPart> = {},
): ContributionPart => ({
  kind,
  belt: null,
  combination: null,
  value: brief(100 + change),
  baseline: brief(100),
  change: brief(change),
  contribution: brief(change / 1000),
  members: 1,
  ...more,
});
const belt = (zh: string, name: string, change: number) =>
  part('belt', change, { belt: { name: { zh, en: name } } as ContributionPart['belt'] });

describe('parts', () => {
  it('are named by their tracks', () => {
    expect(combinationName(['distribution', 'custom'], t)).toBe('分销 + 定制');
    expect(combinationName(['wholesale'], t)).toBe('传统批发');
    expect(combinationName(['custom', 'something-new'], en)).toBe('Custom + something-new');
    expect(partName(part('rest', 1, { members: 114 }), 'belt', 'zh-CN', t)).toBe('其余 114 个产业带');
    expect(partName(belt('义乌', 'Yiwu', 1), 'belt', 'en', en)).toBe('Yiwu');
  });

  it('stand from the largest gain to the largest loss, with what has no name below', () => {
    const parts = [
      part('spanning', -5),
      belt('a', 'a', -30),
      part('rest', 900),
      belt('b', 'b', 40),
      belt('c', 'c', 0),
    ];
    const nothing = part('unassigned', 0, { value: brief(0), baseline: brief(0) });
    expect(orderedParts([...parts, nothing]).map(({ kind, change }) => [kind, change.value])).toEqual([
      ['belt', 40],
      ['belt', 0],
      ['belt', -30],
      ['rest', 900],
      ['spanning', -5],
    ]);
    expect(extremes(parts)).toMatchObject({
      gain: { change: { value: 40 } },
      loss: { change: { value: -30 } },
    });
    expect(extremes([part('rest', 900)])).toEqual({ gain: null, loss: null });
  });

  const answer = (parts: ContributionPart[], growth: number | null) =>
    ({
      meta: { comparison: 'year-ago' },
      by: 'belt',
      total: compared(growth),
      parts,
    }) as unknown as ContributionsAnswer;
  const sureOf = (low: number, high: number, more: Partial<SureFigure> = {}) =>
    ({ uncertainty: { low, high, grade: 'A' }, uncertaintyReason: null, ...more }) as SureFigure;
  const sure: SplitCertainty = {
    total: sureOf(0.02, 0.18),
    of: ({ belt: place }) => (place?.name.zh === '义乌' ? sureOf(0.01, 0.07) : sureOf(-0.05, -0.01)),
  };
  const summary = (
    parts: ContributionPart[],
    growth: number | null = 0.1,
    certainty: SplitCertainty | null = sure,
  ) => contributionSummary(answer(parts, growth), certainty, { numbers, locale: 'zh-CN', t });

  it('are summed up by the one that adds most and the one that takes most', () => {
    expect(summary([belt('义乌', 'Yiwu', 40), belt('东阳', 'Dongyang', -30)])).toBe(
      '合计同比 ▲+10.0%；拉动最多的是义乌（+4.00 个百分点），拖累最多的是东阳（-3.00 个百分点）。',
    );
    expect(summary([belt('义乌', 'Yiwu', 40)])).toBe(
      '合计同比 ▲+10.0%；拉动最多的是义乌（+4.00 个百分点）。',
    );
    expect(summary([belt('东阳', 'Dongyang', -30)])).toContain('拖累最多的是东阳（-3.00 个百分点）。');
  });

  it('say when what adds or takes most may be chance, or why that is not known', () => {
    const parts = [belt('义乌', 'Yiwu', 40), belt('东阳', 'Dongyang', -30)];
    const few = { uncertainty: null, uncertaintyReason: 'too-few-owners' } as const;
    const said = (of: SplitCertainty['of']) => summary(parts, 0.1, { ...sure, of });
    expect(said(() => sureOf(-0.01, 0.05))).toMatch(
      /义乌（\+4.00 个百分点，可能出于偶然），拖累最多的是东阳（-3.00 个百分点，可能出于偶然）。$/,
    );
    expect(said(() => sureOf(0, 0, few))).toContain('义乌（+4.00 个百分点，法人主体太少，无法排除偶然）');
    expect(said(() => null)).toContain('义乌（+4.00 个百分点，可靠程度未知）');
    expect(summary(parts, 0.1, null)).toContain('东阳（-3.00 个百分点，可靠程度未知）');
    const english = contributionSummary(
      answer(parts, 0.1),
      { ...sure, of: () => sureOf(-1, 1) },
      {
        ...{ numbers, locale: 'en', t: en },
      },
    );
    expect(english).toContain('Yiwu (+4.00 percentage points, which may be chance)');
  });

  it('have a direction of the total only where its interval has one sign', () => {
    const said = (total: SureFigure | null) =>
      summary([belt('义乌', 'Yiwu', 40)], 0.1, total && { ...sure, total });
    expect(said(sureOf(0.02, 0.18))).toMatch(/^合计同比 ▲\+10.0%/);
    expect(said(sureOf(-0.02, 0.22))).toMatch(/^合计同比 ±\+10.0%/);
    // Not known, or of too few owners.
    expect(said(null)).toMatch(/^合计同比 ±\+10.0%/);
  });

  it('name no gain or loss that reads as 0.00 points', () => {
    const small = { ...belt('东阳', 'Dongyang', -0.01), contribution: brief(-0.00001) };
    expect(summary([belt('义乌', 'Yiwu', 40), small])).not.toContain('拖累');
    expect(summary([small])).toContain('列出的各部分都没有增减');
  });

  it('that have not changed are no split that could not be made', () => {
    expect(summary([belt('义乌', 'Yiwu', 0)], 0)).toBe('合计同比 ▬0.0%；列出的各部分都没有增减。');
    expect(summary([belt('义乌', 'Yiwu', 0), part('unassigned', 50)], 0.1)).toBe(
      '合计同比 ▲+10.0%；列出的各部分都没有增减。',
    );
  });

  it('say why they cannot be told without a baseline', () => {
    expect(summary([], null)).toBe('合计同比：基期未载全，无法拆分为百分点。');
  });
});
