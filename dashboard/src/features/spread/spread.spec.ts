import type { BreadthAnswer, ConcentrationAnswer, SureFigure } from '@beltline/contract';
import type { BreadthPoint } from '../../charts/breadth-option.ts';
import { brief, dates, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { figure } from '../states/states.fixture.ts';
import { breadthSummary } from './breadth-summary.ts';
import { comparedWith, concentrationSummary } from './concentration-summary.ts';

const month = (name: string, breadth: number | null, more: Partial<SureFigure> = {}): BreadthPoint => ({
  month: name,
  rising: 1203,
  unchanged: 300,
  falling: 900,
  breadth: { ...brief(breadth), uncertainty: null, uncertaintyReason: null, ...more },
});
const between = (low: number, high: number) => ({ uncertainty: { low, high, grade: 'A' as const } });

const curve = (points: BreadthPoint[], over: BreadthAnswer['over'] = 'merchants') => ({ points, over });

describe('the breadth in words', () => {
  it('names the last month that has one, its side, and the year before', async () => {
    const t = await translatorOf('zh-CN');
    const points = [
      month('2024-01', 48.06),
      month('2024-12', 51),
      month('2025-01', 56.3, between(52, 60)),
      month('2025-02', null),
    ];
    expect(breadthSummary(curve(points), { numbers, dates, t })).toBe(
      '2025年1月商家广度为 56.3，高于中性线 50：增长 1,203、持平 300、下降 900。一年前为 48.1。',
    );
    expect(breadthSummary(curve([month('2025-01', 50)]), { numbers, dates, t })).toContain('正好在中性线');
    expect(
      breadthSummary(curve([month('2025-01', 49.9, between(49.8, 49.95))]), { numbers, dates, t }),
    ).toContain('低于中性线');
    expect(breadthSummary(curve([month('2025-01', null)]), { numbers, dates, t })).toBe('没有可比的数据。');
    const said = (more: Partial<SureFigure>) =>
      breadthSummary(curve([month('2025-01', 52, more)]), { numbers, dates, t });
    expect(said(between(49, 55))).toContain('与中性线 50 的差别可能出于偶然：');
    expect(said(between(51, 53))).toContain('高于中性线 50：');
    expect(said({ uncertaintyReason: 'too-few-owners' })).toContain('不能确定（法人主体太少，无法排除偶然）');
    const ofBelts = [month('2025-01', 60, { uncertaintyReason: 'directions-of-parts' })];
    expect(breadthSummary(curve(ofBelts, 'belts'), { numbers, dates, t })).toMatch(
      /产业带广度为 60.0，在中性线 50 的哪一侧不能确定（.*按法人主体计算区间）/,
    );
  });
});

describe('the concentration in words', () => {
  const answer = {
    topFifth: figure(0.622),
    gini: figure(0.5834),
    hhi: figure(13.24),
    baselineTopFifth: figure(0.641),
    baselineGini: figure(0.601),
    baselineHhi: figure(14.8),
  } as ConcentrationAnswer;

  it('leaves out the largest fifth of fewer than five merchants', async () => {
    const few = { ...answer, topFifth: figure(null, { reason: 'too-little-data' }) };
    expect(concentrationSummary(few, numbers, await translatorOf('en'))).toBe(
      'Gini 0.583, HHI 13.2; of fewer than five merchants there is no largest fifth.',
    );
  });

  it('calls nothing spread that one merchant has', async () => {
    const one = {
      ...answer,
      gini: figure(null, { reason: 'too-little-data' }),
      topFifth: figure(null),
      hhi: figure(10_000),
    };
    expect(concentrationSummary(one, numbers, await translatorOf('en'))).toBe(
      'One merchant holds all of GMV (HHI 10,000.0); there is nothing to be spread.',
    );
  });

  it('gives the three measures, and those of the baseline where there is one', async () => {
    const t = await translatorOf('zh-CN');
    expect(concentrationSummary(answer, numbers, t)).toBe(
      '最大的五分之一商家占成交额 62.2%；基尼系数 0.583，HHI 13.2。基期分别为 64.1%、0.601 和 14.8。',
    );
    const young = { ...answer, baselineHhi: figure(null, { reason: 'no-baseline' }) };
    expect(concentrationSummary(young, numbers, t)).not.toContain('基期');
    const none = { ...answer, hhi: figure(null, { reason: 'no-merchants' }) };
    expect(concentrationSummary(none, numbers, t)).toBe('无法计算集中度：没有可比的商家。');
  });

  it('calls equal what reads equal, and other only what chance is ruled out for', () => {
    const change = (low: number, high: number) =>
      ({ uncertainty: { low, high, grade: 'A' }, uncertaintyReason: null }) as SureFigure;
    const compare = (now: number, before: number | null, sure: SureFigure | null) =>
      comparedWith(figure(now), figure(before), sure, numbers.coefficient);
    expect(compare(0.58341, 0.58339, change(0.01, 0.02))).toBe('same');
    expect(compare(0.59, 0.58, change(0.01, 0.03))).toBe('higher');
    expect(compare(0.57, 0.58, change(-0.03, -0.01))).toBe('lower');
    expect(compare(0.59, 0.58, change(-0.01, 0.04))).toBe('unsure');
    expect(compare(0.59, 0.58, null)).toBe('unknown');
    expect(
      compare(0.59, 0.58, { ...change(0, 0), uncertainty: null, uncertaintyReason: 'largest-decide' }),
    ).toBe('unknown');
    expect(compare(0.57, null, change(0, 1))).toBeNull();
  });
});
