import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsAnswer, MEASURES, TRACKS } from '@beltline/contract';
import { compare } from '../../core/compare.ts';
import { DEFINITIONS } from './definitions.ts';

const ids = DEFINITIONS.map((definition) => definition.id);

test('the list fits the contract, and no id is used twice', () => {
  expect(definitionsAnswer.parse({ definitions: DEFINITIONS }).definitions).toHaveLength(ids.length);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every id that an answer can name is defined', () => {
  const conditions = {
    nothingLoaded: false,
    provisional: false,
    hasBaseline: true,
    minBase: 30,
    unknownBecause: 'no-data',
  } as const;
  const used = MEASURES.map(
    (measure) => compare(measure, { value: 1, baseline: 1, baselineOrders: 1 }, conditions).definition,
  );
  expect(ids).toEqual(expect.arrayContaining([...used, ...TRACKS]));
  expect(ids).toEqual(
    expect.arrayContaining([
      'growth',
      'contribution',
      'share',
      'coverage',
      'provisional',
      'base-too-small',
      'spring-festival-shift',
    ]),
  );
});

test('every definition that the indicators name exists', () => {
  const rooms = join(import.meta.dirname, '..', '..');
  const source = ['core', 'data', 'questions'].flatMap((room) =>
    readdirSync(join(rooms, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join(rooms, room, file), 'utf8')),
  );
  const named = source.flatMap((text) => [
    ...[...text.matchAll(/definition: '([a-z-]+)'/g)].map((match) => match[1]),
    ...[...text.matchAll(/(?:missing|figure|Figure)\(\s*'([a-z-]+)'/g)].map((match) => match[1]),
  ]);
  expect(named.length).toBeGreaterThan(15);
  expect(ids).toEqual(expect.arrayContaining([...new Set(named)]));
});

test('every definition is said in both languages', () => {
  for (const { name, text, formula, source } of DEFINITIONS) {
    expect(name.zh).toMatch(/\p{Script=Han}/u);
    expect(text.zh).toMatch(/\p{Script=Han}/u);
    for (const words of [name.en, text.en, formula, source]) expect(words.length).toBeGreaterThan(2);
    expect(text.en).not.toMatch(/\p{Script=Han}/u);
  }
});
