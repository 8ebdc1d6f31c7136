import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { englishNames } from '@beltline/contract/english-names';
import { createLanguage } from './i18n.ts';
import { languageWith, namesOf } from './language.fixture.ts';
import { pick } from './locale.ts';

const registry = resolve(import.meta.dirname, '../../../etl/sources/demo/belts.csv');

describe('English names', () => {
  const [header = '', ...lines] = readFileSync(registry, 'utf8').trim().split('\n');
  const columnOf = (name: string) => {
    const at = header.split(',').indexOf(name);
    return [...new Set(lines.map((line) => line.split(',')[at] ?? ''))].filter((text) => text !== '');
  };

  it.each([
    ['province', 'province', 21],
    ['city', 'city', 78],
    ['county', 'county', 123],
    ['category', 'category_zh', 112],
  ] as const)('are there for every %s of the built-in registry', (kind, column, count) => {
    const written = columnOf(column);
    expect(written).toHaveLength(count);
    expect(written.filter((name) => !Object.hasOwn(englishNames[kind], name))).toEqual([]);
  });

  it.each(['province', 'city', 'county', 'category'] as const)(
    'tell every %s apart, without Chinese',
    (kind) => {
      const shown = Object.values(englishNames[kind]);
      expect(shown.filter((name) => !/^[A-Z][\w&/' ()-]+$/.test(name))).toEqual([]);
      expect(new Set(shown).size).toBe(shown.length);
    },
  );
});

/** Turns direction, draws nothing, or both; between them letters and a line between emoji that stay. */
const HOSTILE = '\u202e义\u2067乌\u0000\u2028👨\u200d👩';

describe('text that the program did not write', () => {
  it('turns none of the words and numbers behind it, as a name', async () => {
    const { names } = await languageWith('en');
    const tame = '义乌👨\u200d👩';
    expect(names.value.province(HOSTILE)).toBe(tame);
    expect(names.value.category({ zh: HOSTILE, en: HOSTILE })).toBe(tame);
    expect(names.value.area({ level: 'belt', name: { zh: HOSTILE, en: '' } })).toBe(tame);
    expect(pick({ zh: HOSTILE, en: HOSTILE }, 'zh-CN')).toBe(tame);
  });

  it('nor in a sentence, where numbers stay numbers', async () => {
    const { translate } = await languageWith('zh-CN');
    const said = translate('region.source', { name: HOSTILE });
    expect(said).toContain('义乌👨\u200d👩');
    expect(said).not.toMatch(/[\u202a-\u202e\u2066-\u2069\p{Zl}\p{Cc}]/u);
    expect(translate('quality.by', { measure: 12 })).toBe(translate('quality.by', { measure: '12' }));
  });
});

describe('names', () => {
  it('are the English ones, whatever a source sends as English', async () => {
    const names = await namesOf('en');
    expect(names.province('浙江省')).toBe('Zhejiang');
    expect(names.city('佛山市')).toBe('Foshan');
    expect(names.county('诸暨市')).toBe('Zhuji');
    expect(names.category({ zh: '陶瓷', en: 'ceramics & sanitaryware' })).toBe('Ceramics');
    expect(names.area({ level: 'city', name: { zh: '金华市', en: '金华市' } })).toBe('Jinhua');
    expect(names.area({ level: 'belt', name: { zh: '陶瓷', en: 'Foshan ceramics' } })).toBe(
      'Foshan ceramics',
    );
  });

  it('stay as the source writes them where they are not listed', async () => {
    const names = await namesOf('en');
    expect(names.province('SP')).toBe('SP');
    expect(names.city('圣保罗')).toBe('圣保罗');
    expect(names.city('')).toBe('');
    expect(names.category({ zh: '咖啡', en: 'Coffee' })).toBe('Coffee');
    expect(names.category({ zh: 'constructor', en: '' })).toBe('constructor');
  });

  it('are those of the source in Chinese', async () => {
    const names = await namesOf('zh-CN');
    expect(names.city('佛山市')).toBe('佛山市');
    expect(names.area({ level: 'category', name: { zh: '陶瓷', en: 'ceramics' } })).toBe('陶瓷');
  });

  it('change with the language', async () => {
    const language = createLanguage();
    const shown: string[] = [];
    for (const locale of ['zh-CN', 'en', 'zh-CN'] as const) {
      await language.use(locale);
      shown.push(language.names.value.city('金华市'));
    }
    expect(shown).toEqual(['金华市', 'Jinhua', '金华市']);
  });
});
