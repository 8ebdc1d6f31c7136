import { en } from './en.ts';
import { toLocale, pick } from './locale.ts';
import { zh } from './zh.ts';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe('the messages', () => {
  const chinese = new Map(leaves(zh));
  const english = new Map(leaves(en));

  it('exist in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('take the same values in both', () => {
    const differing = [...chinese].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    );
    // Chinese names the comparison in the column, English does not need to.
    expect(differing.map(([key]) => key)).toEqual(['ranking.growth']);
  });

  it('have no empty text and no characters that mean something to the library', () => {
    const odd = [...chinese, ...english].filter(([, text]) => text.trim() === '' || /[@|]/.test(text));
    expect(odd).toEqual([]);
  });
});

it('reads languages as people write them', () => {
  expect(['zh', 'zh-CN', 'EN', 'en-GB', 'fr', undefined].map(toLocale)).toEqual([
    'zh-CN',
    'zh-CN',
    'en',
    'en',
    null,
    null,
  ]);
});

it('falls back to the other language where one is missing', () => {
  expect(pick({ zh: '义乌', en: '' }, 'en')).toBe('义乌');
  expect(pick({ zh: '义乌', en: 'Yiwu' }, 'en')).toBe('Yiwu');
});
