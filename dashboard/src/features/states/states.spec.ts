import type { StatesAnswer } from '@beltline/contract';
import { dates, numbers } from '../../charts/drawing.fixture.ts';
import { STATE_ORDER, STATE_SIGNS } from '../../format/state-style.ts';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { orderedCounts, statesSummary, whyGrowthAlone } from './states-summary.ts';
import { inOrder, nextOrder, readOrder } from './state-order.ts';
import { figure, stateRow, statesAnswer } from './states.fixture.ts';

it('says how many are in which state, in one order, and how many changed', async () => {
  const t = await translatorOf('zh-CN');
  const rows = [
    stateRow('A', 'recovered', 'recovering'),
    stateRow('B', 'declining', 'declining'),
    stateRow('C', 'recovered', 'recovered'),
  ];
  expect(statesSummary(statesAnswer(rows), { numbers, dates, t })).toBe(
    '2025年1月：3 个产业带中，2 个确定已恢复、1 个确定在下降；与上月相比，1 个确定改变了状态。',
  );
  const settled = { ...statesAnswer(rows.slice(1)), level: 'city' as const };
  expect(statesSummary(settled, { numbers, dates, t })).toBe(
    '2025年1月：2 个城市中，1 个确定已恢复、1 个确定在下降；与上月相比，没有确定改变状态的。',
  );
  const first = rows.map((row) => ({ ...row, before: null, changed: false }));
  expect(statesSummary(statesAnswer(first), { numbers, dates, t })).toBe(
    '2025年1月：3 个产业带中，2 个确定已恢复、1 个确定在下降；没有上月的状态可以比较。',
  );
  expect(statesSummary(statesAnswer([]), { numbers, dates, t })).toBe('');
});

it('speaks English too', async () => {
  const t = await translatorOf('en');
  const answer = {
    ...statesAnswer([stateRow('A', 'recovered', 'slipping')]),
    level: 'province' as const,
  };
  expect(statesSummary(answer, { numbers, dates, t })).toMatch(
    /of 1 province: 1 surely recovered, 0 surely falling; 1 surely changed state/,
  );
});

it('shows every state, also those that the answer leaves out', () => {
  const counts = orderedCounts([{ state: 'declining', areas: 3, sure: 1, before: 5 }]);
  // Growing is a state of areas without a level: said where there is one.
  expect(counts.map(({ state }) => state)).toEqual(STATE_ORDER.filter((state) => state !== 'growing'));
  expect(counts.find(({ state }) => state === 'declining')).toEqual({
    state: 'declining',
    areas: 3,
    sure: 1,
    before: 5,
  });
  expect(counts.filter(({ areas }) => areas > 0)).toHaveLength(1);
  const first = orderedCounts([{ state: 'declining', areas: 3, sure: 0, before: null }]);
  expect(first.every(({ before }) => before === null)).toBe(true);
});

it('says that states are told by growth alone where no area has a level, and counts those that grow', async () => {
  const t = await translatorOf('en');
  const none = figure(null, { reason: 'too-few-clean-years', flag: 'not-available' });
  const alone = stateRow('A', 'growing', 'growing');
  const rows = [{ ...alone, now: { ...alone.now, level: none } }];
  const counts: StatesAnswer['counts'] = [{ state: 'growing', areas: 1, sure: 1, before: 1 }];
  const answer = { ...statesAnswer(rows), counts };
  expect(whyGrowthAlone(answer)).toBe('growthAlone');
  expect(whyGrowthAlone({ ...answer, reference: null })).toBe('noReference');
  expect(whyGrowthAlone(statesAnswer([stateRow('A', 'flat', 'flat')]))).toBeNull();
  expect(statesSummary(answer, { numbers, dates, t })).toMatch(/1 surely growing, 0 surely falling/);
  expect(orderedCounts(counts).map(({ state }) => state)).toContain('growing');
});

it('tells states apart without colour', () => {
  expect(new Set(Object.values(STATE_SIGNS)).size).toBe(STATE_ORDER.length);
});

describe('the order of the table', () => {
  const row = (id: string, growth: number | null) => {
    const made = stateRow(id, 'flat', 'flat');
    return { ...made, now: { ...made.now, growth: figure(growth) } };
  };
  const rows = [row('a', 0.1), row('none', null), row('b', 0.3), row('c', -0.2)];
  const ids = (text: string) => inOrder(rows, readOrder(text)).map(({ area }) => area.id);

  it('is the highest or the lowest first, with what has no value last', () => {
    expect(ids('growth')).toEqual(['b', 'a', 'c', 'none']);
    expect(ids('-growth')).toEqual(['c', 'a', 'b', 'none']);
    expect(ids('nonsense')).toEqual(['a', 'none', 'b', 'c']);
  });

  it('turns with each choice, back to the order of the API', () => {
    expect(nextOrder(null, 'level')).toBe('level');
    expect(nextOrder(readOrder('level'), 'level')).toBe('-level');
    expect(nextOrder(readOrder('-level'), 'level')).toBeUndefined();
    expect(nextOrder(readOrder('-level'), 'growth')).toBe('growth');
  });
});
