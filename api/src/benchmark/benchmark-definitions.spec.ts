import { BENCHMARK_FAMILIES, BENCHMARK_MEASURES, benchmarkDefinitionsAnswer } from '@beltline/contract';
import { BENCHMARK_DEFINITIONS } from './benchmark-definitions.ts';

test('each measure is defined once, and said in both languages', () => {
  const { definitions } = benchmarkDefinitionsAnswer.parse({ definitions: BENCHMARK_DEFINITIONS });
  const ids = definitions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.slice(0, BENCHMARK_MEASURES.length)).toEqual(BENCHMARK_MEASURES);
  for (const { name, text, formula, source } of definitions) {
    for (const said of [name.zh, text.zh]) expect(said).toMatch(/\p{Script=Han}/u);
    for (const said of [name.en, text.en]) expect(said).not.toMatch(/\p{Script=Han}/u);
    for (const said of [text.zh, text.en, formula, source]) expect(said.length).toBeGreaterThan(3);
  }
  expect(new Set(definitions.map(({ group }) => group))).toEqual(new Set([...BENCHMARK_FAMILIES, 'method']));
});
