/** What the palette finds by itself: pages and definitions, in either language, by several words. */
import type { Definition } from '@beltline/contract';
import { foundDefinitions, matching } from './palette-groups.ts';

const definition = (id: string, zh: string, en: string, words = '') =>
  ({ id, name: { zh, en }, text: { zh: words, en: words }, formula: '' }) as unknown as Definition;

it.each([
  ['', ['recovery', 'clock']],
  ['复苏', ['recovery']],
  ['RECO', ['recovery']],
  ['ｃｌｏｃｋ', ['clock']],
  ['时钟 clock', ['clock']],
  ['时钟 recovery', []],
  ['   ', ['recovery', 'clock']],
])('finds pages by %j', (text, expected) => {
  const names: Record<string, string> = { recovery: '复苏', clock: '时钟' };
  expect(matching(Object.keys(names), text, (page) => [page, names[page] ?? ''])).toEqual(expected);
});

const definitions = [
  definition('breadth', '扩散', 'Breadth', 'how many merchants grow'),
  definition('growth', '增速', 'Growth'),
  ...Array.from({ length: 9 }, (_, no) => definition(`of-growth-${no}`, '其他', 'Other', 'more of growth')),
];

it('names come before what speaks of them, at most five, and none where nothing is looked for', () => {
  const found = foundDefinitions(definitions, 'growth').map(({ id }) => id);
  expect(found[0]).toBe('growth');
  expect(found).toHaveLength(5);
  expect(foundDefinitions(definitions, '增速').map(({ id }) => id)).toEqual(['growth']);
  expect(foundDefinitions(definitions, 'merchants').map(({ id }) => id)).toEqual(['breadth']);
  expect(foundDefinitions(definitions, ' ')).toEqual([]);
  expect(foundDefinitions(definitions, 'zzz')).toEqual([]);
});
