import type { Source } from '@beltline/contract';
import { dayIn } from '../format/day-in.ts';
import { chooseSource, notFollowed, queryText, readViewState, sharedQuery, withQuery } from './view-state.ts';

const source = {
  source: 'demo',
  timeZone: 'Asia/Shanghai',
  months: { from: '2022-01', to: '2025-02' },
  defaultPeriod: { from: '2024-01', to: '2024-12' },
} as Source;

it('takes the defaults of the source where the URL says nothing', () => {
  expect(readViewState({}, source)).toEqual({
    source: 'demo',
    from: '2024-01',
    to: '2024-12',
    comparison: 'year-ago',
    track: 'all',
    measure: 'gmv',
  });
});

it('reads every choice from the URL', () => {
  const query = {
    from: '2024-06',
    to: '2025-02',
    comparison: 'previous',
    track: 'custom',
    measure: 'merchants',
  };
  expect(readViewState(query, source)).toEqual({ source: 'demo', ...query });
});

it.each([
  ['reversed', { from: '2024-06', to: '2024-01' }],
  ['half given', { from: '2024-06' }],
  ['outside the data', { from: '2019-01', to: '2019-12' }],
  ['not months', { from: '2024-13', to: "2024-01' OR 1" }],
])('falls back to the default period when the months are %s', (_name, query) => {
  expect(readViewState(query, source)).toMatchObject(source.defaultPeriod);
});

it('falls back from an unknown track, measure or source', () => {
  expect(readViewState({ track: 'nonsense', measure: '' }, source)).toMatchObject({
    track: 'all',
    measure: 'gmv',
  });
  expect(chooseSource({ source: 'gone' }, [source])).toBe(source);
  expect(chooseSource({}, [])).toBeNull();
});

it('changes a query without touching the rest, and carries to other pages only what is shared', () => {
  expect(withQuery({ track: 'custom', sort: 'growth' }, { track: undefined, from: '2024-01' })).toEqual({
    sort: 'growth',
    from: '2024-01',
  });
  expect(sharedQuery({ track: 'custom', sort: 'growth', lang: 'en' })).toEqual({ track: 'custom' });
  expect(queryText({ track: ['custom', 'all'] }, 'track')).toBe('custom');
});

it('says that a day to come has no vintage yet, where the source is', () => {
  const [today, tomorrow] = [0, 86_400_000].map((later) =>
    dayIn(new Date(Date.now() + later).toISOString(), 'Asia/Shanghai'),
  );
  const shanghai = { ...source, timeZone: 'Asia/Shanghai' };
  expect(readViewState({ asOf: today }, shanghai).asOf).toBe(today);
  const query = { asOf: tomorrow };
  const state = readViewState(query, shanghai);
  expect(state.asOf).toBeUndefined();
  expect(notFollowed(query, state)).toEqual([{ key: 'asOf', asked: tomorrow }]);
});

it('reads an earlier vintage from a day that the calendar has, and takes it along to other pages', () => {
  expect(readViewState({ asOf: '2025-01-04' }, source).asOf).toBe('2025-01-04');
  expect(readViewState({ asOf: '2025-02-30' }, source).asOf).toBeUndefined();
  expect(readViewState({ asOf: "2025-01-04' OR 1" }, source).asOf).toBeUndefined();
  expect(sharedQuery({ asOf: '2025-01-04', area: 'B001' })).toEqual({ asOf: '2025-01-04' });
});

it('reads a reference year, also one that only the API can refuse, and takes it along to other pages', () => {
  expect(readViewState({ reference: '2023' }, source).reference).toBe(2023);
  expect(readViewState({ reference: '1995' }, source).reference).toBe(1995);
  for (const reference of ['', 'auto', '23', '2023.5', "2023' OR 1"])
    expect(readViewState({ reference }, source).reference).toBeUndefined();
  expect(sharedQuery({ reference: '2023', sort: 'growth' })).toEqual({ reference: '2023' });
});

it('reads the month of states apart from the period, also one that only the API can refuse, and takes it along', () => {
  const view = readViewState({ month: '2024-05', from: '2023-01', to: '2023-12' }, source);
  expect(view).toMatchObject({ month: '2024-05', from: '2023-01', to: '2023-12' });
  for (const month of ['2031-01', '2024-13']) expect(readViewState({ month }, source).month).toBe(month);
  for (const month of ['', '2024', "2024-05' OR 1", 'May'])
    expect(readViewState({ month }, source).month).toBeUndefined();
  expect(sharedQuery({ month: '2024-05', sort: 'growth' })).toEqual({ month: '2024-05' });
});

describe('what a link asks for', () => {
  const missed = (query: Record<string, string>) =>
    notFollowed(query, readViewState(query, source)).map(({ key, asked }) => `${key} ${asked}`);

  it('is told where it is not what is shown', () => {
    expect(missed({ source: 'gone', from: '2026-01', to: '2026-06' })).toEqual([
      'source gone',
      'from 2026-01',
      'to 2026-06',
    ]);
    expect(missed({ from: '2024-06' })).toEqual(['from 2024-06']);
    expect(missed({ track: '<b>', measure: 'x', comparison: 'y', asOf: '2025-02-30' })).toEqual([
      'comparison y',
      'track <b>',
      'measure x',
      'asOf 2025-02-30',
    ]);
    expect(missed({ month: 'May', reference: 'abc' })).toEqual(['month May', 'reference abc']);
  });

  it('is not told where it is shown, or for the API to refuse', () => {
    expect(missed({})).toEqual([]);
    expect(missed({ source: 'demo', from: '2024-06', to: '2025-02', track: 'custom', month: '' })).toEqual(
      [],
    );
    expect(missed({ month: '2031-01', reference: '1995', asOf: '2020-01-01', sort: 'nonsense' })).toEqual([]);
  });
});
