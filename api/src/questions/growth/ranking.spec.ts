import { known } from '../../core/brief-figure.ts';
import { rank } from './ranking.ts';

const row = (beltId: string, value: number, growth: number | null) => ({
  belt: {
    beltId,
    name: { zh: '', en: '' },
    province: '',
    city: '',
    county: '',
    category: { zh: '', en: '' },
  },
  compared: {
    unit: 'orders' as const,
    definition: 'orders',
    value: known(value, 'no-data'),
    baseline: known(value, 'no-data'),
    change: known(value, 'no-data'),
    growth: known(growth, 'no-baseline'),
  },
  share: known(null, 'no-data'),
});
const ROWS = [row('c', 1, null), row('a', 2, 0.5), row('b', 2, null), row('d', 3, -0.5)];
const ids = (rows: ReturnType<typeof rank>) => rows.map((one) => `${one.rank}${one.belt.beltId}`).join(' ');

test('by value, equal ones by id', () => {
  expect(ids(rank(ROWS, 'value', 'desc'))).toBe('1d 2a 3b 4c');
  expect(ids(rank(ROWS, 'value', 'asc'))).toBe('1c 2a 3b 4d');
});

test('rows without the key stand last in both directions', () => {
  expect(ids(rank(ROWS, 'growth', 'desc'))).toBe('1a 2d 3b 4c');
  expect(ids(rank(ROWS, 'growth', 'asc'))).toBe('1d 2a 3b 4c');
});

test('growth over a base too small to be shown stands behind what is shown', () => {
  const small = row('e', 9, 9);
  small.compared.growth.flag = 'base-too-small';
  expect(ids(rank([small, ...ROWS], 'growth', 'desc'))).toBe('1a 2d 3e 4b 5c');
  expect(ids(rank([small, ...ROWS], 'value', 'desc'))).toMatch(/^1e/);
});

test('the rows given are left as they are', () => {
  const before = [...ROWS];
  rank(ROWS, 'change', 'asc');
  expect(ROWS).toEqual(before);
});
