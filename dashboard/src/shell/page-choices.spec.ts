import {
  AREA_CHOICES,
  BELT_CHOICES,
  choicesNotFollowed,
  CLOCK_CHOICES,
  OVERVIEW_CHOICES,
} from './page-choices.ts';

it('names each value that the page does not know', () => {
  const query = {
    level: 'planet',
    state: 'x',
    by: '+growth',
    sort: 'size',
    order: 'up',
    over: 'shops',
    days: 'all',
  };
  const missed = choicesNotFollowed(query, OVERVIEW_CHOICES).map(({ key, asked }) => `${key} ${asked}`);
  expect(missed.sort()).toEqual([
    'by +growth',
    'level planet',
    'order up',
    'over shops',
    'sort size',
    'state x',
  ]);
  expect(choicesNotFollowed(query, CLOCK_CHOICES)).toEqual([
    { key: 'level', asked: 'planet', kept: undefined },
  ]);
  expect(choicesNotFollowed({ days: 'all' }, BELT_CHOICES)).toMatchObject([{ key: 'days', asked: 'all' }]);
});

it('is silent about what it knows, an empty value, and what only other pages have', () => {
  const query = { level: 'city', state: 'flat', by: '-growth', sort: 'change', order: 'asc', over: 'belts' };
  expect(choicesNotFollowed(query, OVERVIEW_CHOICES)).toEqual([]);
  expect(choicesNotFollowed({ level: '', sort: 'nonsense' }, CLOCK_CHOICES)).toEqual([]);
});

it('keeps what it knows of a list', () => {
  expect(choicesNotFollowed({ tracks: 'custom,x,offline,y' }, AREA_CHOICES)).toEqual([
    { key: 'tracks', asked: 'x,y', kept: 'custom,offline' },
  ]);
  expect(choicesNotFollowed({ tracks: 'custom,offline' }, AREA_CHOICES)).toEqual([]);
});

it('does not count belts on the page of one belt', () => {
  expect(choicesNotFollowed({ over: 'belts' }, AREA_CHOICES)).toEqual([]);
  expect(choicesNotFollowed({ over: 'belts' }, BELT_CHOICES)).toMatchObject([
    { key: 'over', asked: 'belts' },
  ]);
});
