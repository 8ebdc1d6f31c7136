import { choicesNotFollowed, TABLE_CHOICES } from '../../shell/page-choices.ts';
import {
  isSameConditions,
  READY,
  readConditions,
  withCondition,
  writtenConditions,
} from './table-conditions.ts';

test('an address says what is asked of which track, in whatever order', () => {
  const conditions = readConditions({ where: 'custom:not-rises,cross-border:rises' });
  expect(writtenConditions(conditions)).toEqual(['cross-border:rises', 'custom:not-rises']);
  expect(isSameConditions(conditions, READY.crossBorderAlone)).toBe(true);
  expect(writtenConditions(readConditions({}))).toEqual([]);
});

test('what the table has not got is left out, and told', () => {
  const query = { where: 'custom:soars,wholesale:rises,all:falls' };
  expect(writtenConditions(readConditions(query))).toEqual(['all:falls']);
  expect(choicesNotFollowed(query, TABLE_CHOICES)).toEqual([
    { key: 'where', asked: 'custom:soars,wholesale:rises', kept: 'all:falls' },
  ]);
});

test('a track has one condition, and may have none again', () => {
  const one = withCondition(new Map(), 'custom', 'rises');
  const other = withCondition(one, 'custom', 'falls');
  expect(writtenConditions(other)).toEqual(['custom:falls']);
  expect(writtenConditions(withCondition(other, 'custom', undefined))).toEqual([]);
  expect(writtenConditions(one)).toEqual(['custom:rises']);
});
