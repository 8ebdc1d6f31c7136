import { vi } from 'vitest';
import { en } from './en.ts';
import { createLanguage } from './i18n.ts';
import { messagesOf, translatorOf } from './language.fixture.ts';
import { toLocale, pick } from './locale.ts';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe('the messages', () => {
  let [chinese, english] = [new Map<string, string>(), new Map<string, string>()];
  beforeAll(async () => {
    chinese = new Map(leaves((await messagesOf('zh-CN')) as Tree));
    english = new Map(leaves((await messagesOf('en')) as Tree));
  });

  it('exist in both languages', () => {
    expect([chinese.has('mail.title'), chinese.has('app.name')]).toEqual([true, true]);
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
    const isOdd = (text: string) => text.trim() === '' || /[@|]/.test(text);
    const forms = [...english].flatMap(([key, text]) =>
      text.split(' | ').map((form) => [key, form] as const),
    );
    expect([...chinese, ...forms].filter(([, text]) => isOdd(text))).toEqual([]);
  });

  it('count one belt, and not "1 belts"', () => {
    const nouns =
      'belts|categories|cities|combinations|items|lines|merchants|months|orders|provinces|rows|SKUs';
    const counted = new RegExp(
      String.raw`\{(?!last|from|to)\w+\} (?!of |found )(?:[a-z]+ ){0,2}(?:${nouns})\b`,
    );
    const alike = [...english].filter(([, text]) => counted.test(text) && !text.includes(' | '));
    expect(alike.map(([key]) => key)).toEqual([]);
  });

  it('have a form for one and a form for many, and Chinese one for both', async () => {
    const [t, en] = [await translatorOf('zh-CN'), await translatorOf('en')];
    const counted = (count: string, n: number) =>
      [
        ...[en('area.belts', { count, n }), en('area.beltsCount', { count, n })],
        ...[en('belt.merchants', { count, n }), t('area.belts', { count, n })],
      ].join(' / ');
    expect(counted('1', 1)).toBe('1 belt / 1 belt. / 1 merchant / 1 个产业带');
    expect(counted('1,200', 1200)).toBe(
      '1,200 belts / 1,200 belts, those with most merchants first. / 1,200 merchants / 1,200 个产业带',
    );
    expect(counted('0', 0)).toMatch(/^0 belts .* 0 merchants /);
    const plural = [...english].filter(([, text]) => text.includes('|'));
    expect(plural.every(([, text]) => text.split(' | ').length === 2)).toBe(true);
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

it('fetches further words in the language of the moment, and in one that is chosen later', async () => {
  const language = createLanguage();
  const title = () => language.translate('users.title');
  await language.use('zh-CN');
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(title()).toBe('users.title');
  expect(told).toHaveBeenCalledWith(expect.stringContaining('for users.title'));
  told.mockRestore();
  await language.useAlso('administration');
  expect(title()).toBe('用户');
  await language.use('en');
  expect(title()).toBe('Users');
  const early = createLanguage();
  await early.useAlso('administration');
  await early.use('en');
  expect([early.translate('users.title'), early.translate('app.name')]).toEqual(['Users', en.app.name]);
});
