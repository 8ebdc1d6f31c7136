import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantsBy, readMapping } from './provider-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline mapping '));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (text: string) => {
  const file = join(folder, 'mapping.json');
  writeFileSync(file, text);
  return readMapping(file);
};
const RULE = { value: 'a', roles: ['official'], regions: ['33'] };

test('a mapping is read with what it leaves out', () => {
  expect(read(JSON.stringify({ claim: 'groups', rules: [RULE] }))).toEqual({
    claim: 'groups',
    nameClaim: 'preferred_username',
    scopes: [],
    rules: [{ ...RULE, sources: [], owners: [] }],
  });
});

test.each([
  ['{', 'cannot be read as JSON'],
  ['{}', 'claim'],
  [JSON.stringify({ claim: 'groups', rules: [] }), 'rules'],
  [JSON.stringify({ claim: 'groups', rules: [{ ...RULE, roles: ['emperor'] }] }), 'rules.0.roles.0'],
  [JSON.stringify({ claim: 'groups', rules: [{ ...RULE, regions: ['浙江'] }] }), 'two to six digits'],
  [JSON.stringify({ claim: 'groups', rules: [{ ...RULE, owners: ['L1'] }] }), 'source:owner'],
  [JSON.stringify({ claim: 'groups', rules: [{ ...RULE, role: 'x' }] }), 'rules.0'],
])('%s is refused, and says where: %s', (text, where) => {
  expect(() => read(text)).toThrow(where);
  expect(() => read(text)).toThrow('mapping.json');
});

test('a file that is not there is named', () => {
  expect(() => readMapping(join(folder, 'none.json'))).toThrow('none.json');
});

test('rules add up, each grant once, whether the claim is a list or one value; what fits no rule gives nothing', () => {
  const mapping = read(
    JSON.stringify({
      claim: 'groups',
      rules: [RULE, { value: 'b', roles: ['official', 'engineer'], sources: ['demo'], owners: ['demo:L1'] }],
    }),
  );
  expect(grantsBy(mapping, { groups: ['a', 'b', 'c'] })).toEqual([
    ['owner', 'demo:L1'],
    ['region', '33'],
    ['role', 'engineer'],
    ['role', 'official'],
    ['source', 'demo'],
  ]);
  expect(grantsBy(mapping, { groups: 'a' })).toEqual([
    ['region', '33'],
    ['role', 'official'],
  ]);
  for (const groups of [[], 'A', 'ab', null, undefined, 7, { a: true }, ['A', 1, null]])
    expect(grantsBy(mapping, { groups })).toEqual([]);
  expect(grantsBy(mapping, {})).toEqual([]);
});
