import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { WARNING_RULES, warningWords } from './warning-words.ts';

const root = resolve(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const quoted = (text: string) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, name = '']) => name);

/** The names that the ETL can count warnings under: those of its query, those of the bits of a line, and that of files. */
function written(): string[] {
  const counted = read('sql/clickhouse/load/warnings.sql')
    .split('\n')
    .filter((line) => !line.startsWith('--') && / AS name\b/.test(line));
  const migrations = readdirSync(resolve(root, 'sql/clickhouse/migrations'))
    .sort()
    .map((file) => read(`sql/clickhouse/migrations/${file}`))
    .filter((text) => /\bwarnings Array\(String\) ALIAS\b/.test(text));
  const ofFiles = /const warnings = \{(.*?)\};/s.exec(read('etl/src/jobs/load/weigh-batch.ts'))?.[1] ?? '';
  return [...counted, migrations.at(-1) ?? '', ofFiles].flatMap(quoted);
}

it('every warning that a load can give has words in both languages, and no other has', async () => {
  expect(new Set(WARNING_RULES)).toEqual(new Set(written()));
  expect(written()).toHaveLength(WARNING_RULES.length);
  for (const locale of ['zh-CN', 'en'] as const) {
    const t = await translatorOf(locale);
    const words = WARNING_RULES.map((rule) => warningWords(rule, t));
    expect(new Set(words).size).toBe(WARNING_RULES.length);
    expect(words.filter((text, index) => text === WARNING_RULES[index])).toEqual([]);
  }
});

it('a rule that is not known is told by its name', async () => {
  const t = await translatorOf('en');
  expect(warningWords('refund-over-amount', t)).toBe('Lines whose refund is more than their amount');
  expect(warningWords('of-tomorrow', t)).toBeNull();
});
