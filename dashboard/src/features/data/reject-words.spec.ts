import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { translatorOf } from '../../i18n/language.fixture.ts';
import { REJECT_RULES, rejectWords } from './reject-words.ts';

const root = resolve(import.meta.dirname, '../../../../sql/clickhouse');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const quoted = (text: string) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, name = '']) => name);
const sqlIn = (folder: string) =>
  readdirSync(resolve(root, folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => `${folder}/${file}`);

/** The names that the ETL can reject rows under: the list of lines, and what else is written with a hyphen; `overlap` has none. */
function written(): string[] {
  const ofLines = /\[([^\]]*)\] AS rules/.exec(read('load/stage-lines.sql'))?.[1] ?? '';
  const others = [
    ...['belts', 'merchants', 'memberships'].map((lookup) => `load/create-${lookup}.sql`),
    ...sqlIn('landing'),
    ...sqlIn('landing/parts'),
  ];
  const named = others.flatMap((path) => quoted(read(path))).filter((name) => name.includes('-'));
  return [
    ...quoted(ofLines),
    ...named,
    ...quoted(read('load/create-memberships.sql')).filter((name) => name === 'overlap'),
  ];
}

it('every rule that a row can break has words in both languages, and no other has', async () => {
  expect([...new Set(written())].sort()).toEqual([...REJECT_RULES].sort());
  for (const locale of ['zh-CN', 'en'] as const) {
    const t = await translatorOf(locale);
    expect(new Set(REJECT_RULES.map((rule) => rejectWords(rule, t))).size).toBe(REJECT_RULES.length);
    expect(rejectWords('of-tomorrow', t)).toBeNull();
  }
});
