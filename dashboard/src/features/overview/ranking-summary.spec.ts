import type { GrowthByBeltAnswer, RankingUncertaintyAnswer } from '@beltline/contract';
import { brief, numbers } from '../../charts/drawing.fixture.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { createNames } from '../../i18n/names.ts';
import type { Certainty } from './ranking-rows.ts';
import { findingsSummary, rankingSummary } from './ranking-summary.ts';

it('says how many belts there are and which is first', async () => {
  const t = await translatorOf('zh-CN');
  const words = { numbers, names: createNames('zh-CN'), locale: 'zh-CN' as const, t };
  const compared = (value: number, growth: number) => ({
    unit: 'money',
    value: brief(value),
    growth: brief(growth),
  });
  const answer = {
    meta: { comparison: 'year-ago' },
    area: { level: 'nation', id: '', name: { zh: '全国', en: 'The nation' }, belts: 130 },
    total: compared(75_680_000_000, 0.608),
    rows: [
      {
        belt: { beltId: 'B001', name: { zh: '永康五金', en: 'Yongkang' } },
        compared: compared(5_828_000_000, 0.871),
      },
    ],
    count: 130,
  } as unknown as GrowthByBeltAnswer;
  expect(rankingSummary(answer, null, null, words)).toBe(
    '130 个产业带，全国合计 ¥756.8亿，同比 ±+60.8%；排在首位的是永康五金，¥58.28亿，同比 ±+87.1%。',
  );
  const ofProvince = {
    ...answer,
    area: { level: 'province' as const, id: '浙江省', name: { zh: '浙江省', en: '浙江省' }, belts: 12 },
  };
  expect(rankingSummary(ofProvince, null, null, words)).toMatch(/^130 个产业带，浙江省合计 ¥756.8亿/);
  const none = brief(null, { reason: 'part-month' });
  const unknown = { ...answer.total, value: none, growth: none };
  expect(rankingSummary({ ...answer, total: unknown }, null, null, words)).toBe(
    '130 个产业带：不完整月份不计去重数，无法排名。',
  );
  expect(rankingSummary({ ...answer, rows: [] }, null, null, words)).toBe('');

  const sure = (low: number, high: number) => ({
    ...brief(0.608),
    uncertainty: { low, high, grade: 'B' as const },
    uncertaintyReason: null,
  });
  const certainty = (finding: Certainty['finding'], high: number) =>
    new Map([['B001', { finding, firstPlace: 1, lastPlace: high } as Certainty]]);
  expect(rankingSummary(answer, certainty('rises', 1), sure(0.5, 0.7), words)).toMatch(/同比 ▲\+87.1%。$/);
  expect(rankingSummary(answer, certainty(null, 42), sure(0.5, 0.7), words)).toMatch(
    /同比 ±\+87.1%（真实名次在第 1 至第 42 名之间）。$/,
  );
  // A range over all places says nothing of its place.
  expect(rankingSummary(answer, certainty(null, 130), sure(0.5, 0.7), words)).toMatch(
    /同比 ±\+87.1%（真实名次还不能断定）。$/,
  );
  // Not known yet: no direction.
  expect(rankingSummary(answer, null, null, words)).toMatch(/同比 ±\+60.8%；.*同比 ±\+87.1%。$/);
  // The total has its interval, and an arrow only where that is of one sign.
  expect(rankingSummary(answer, certainty('rises', 1), sure(0.5, 0.7), words)).toContain(
    '同比 ▲+60.8%（+50.0% 至 +70.0% 之间）；',
  );
  expect(rankingSummary(answer, certainty('rises', 1), sure(-0.1, 1.2), words)).toContain(
    '同比 ±+60.8%（-10.0% 至 +120.0% 之间）；',
  );
});

it('says how many belts surely rise and fall, and of how many chance may have given it', async () => {
  const findings = ['rises', 'falls', null, 'rises', null, null];
  const rows = [
    ...findings.map((finding) => ({ finding, growth: brief(0.1) })),
    // Belts without a growth that is shown have no sign that chance could have given.
    { finding: null, growth: brief(null) },
    { finding: null, growth: brief(9, { flag: 'base-too-small' }) },
  ];
  const answer = { rows, falseDiscoveryRate: 0.1 } as unknown as RankingUncertaintyAnswer;
  expect(findingsSummary(answer, await translatorOf('zh-CN'))).toMatch(
    /^2 个产业带的增长、1 个的下降可以确认（▲▼，平均误报不超过 10%）；其余 3 个（±）可能出于偶然。名次下方为/,
  );
  const untold = { ...answer, rows: rows.slice(-2) } as RankingUncertaintyAnswer;
  expect(findingsSummary(untold, await translatorOf('zh-CN'))).toMatch(
    /^没有一个产业带带有可以显示的增长。名次下方为/,
  );
});
