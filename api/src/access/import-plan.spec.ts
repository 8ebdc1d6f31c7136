/** What a file of users would do: by hand for each thing that is refused, and by random files and users for what must always hold. */
import { LARGEST_IMPORT_BYTES, ROLES, type UserState } from '@beltline/contract';
import fc from 'fast-check';
import { type ImportUser, planImport } from './import-plan.ts';
import { isUsableAdministrator } from './last-administrator.ts';

const nothing: UserState = { roles: [], sources: [], regions: [], owners: [], isDisabled: false };
const userOf = (
  name: string,
  state: Partial<UserState> = {},
  rest: Partial<ImportUser> = {},
): ImportUser => ({
  ...{ id: `id of ${name}`, name, isDemo: name.startsWith('demo-'), hasPassword: true, provider: null },
  state: { ...nothing, ...state },
  ...rest,
});
const KNOWN = [
  userOf('Ada', { roles: ['administrator'] }),
  userOf('Olga', { roles: ['official'], sources: ['demo'], regions: ['33', '4403'] }),
  userOf('Petra', { roles: ['engineer'] }, { hasPassword: false, provider: 'https://id.example' }),
  userOf('demo-strategist', { roles: ['strategist'] }, { hasPassword: false }),
];
const planOf = (text: string | Buffer, known = KNOWN, doer: string | null = 'id of Ada') =>
  planImport(Buffer.from(text), known, doer);
const refusedOf = (text: string | Buffer) =>
  planOf(text).refused.map(({ line, column, reason, value }) => [line, column, reason, value]);

test('adds, changes and leaves, by what the file says and no more', () => {
  const { users, refused, encoding, etag } = planOf(
    'action,name,roles,sources,regions,disabled\n' +
      ',Wei,strategist; engineer,*,,\n' +
      'change,olga,,-,4403;33;33,yes\n' +
      'change,Ada,administrator,,,no\n' +
      'add,王伟,官员,,,\n'.replace('官员', '地方官员'),
  );
  expect([refused, encoding, etag?.startsWith('"p')]).toEqual([[], 'utf-8', true]);
  expect(users.map(({ line, id, name, action }) => [line, id, name, action])).toEqual([
    [2, null, 'Wei', 'add'],
    [3, 'id of Olga', 'Olga', 'change'],
    [4, 'id of Ada', 'Ada', 'same'],
    [5, null, '王伟', 'add'],
  ]);
  expect(users.map(({ after }) => after)).toEqual([
    { ...nothing, roles: ['strategist', 'engineer'], sources: ['*'] },
    { roles: ['official'], sources: [], regions: ['33', '4403'], owners: [], isDisabled: true },
    { ...nothing, roles: ['administrator'] },
    { ...nothing, roles: ['official'] },
  ]);
});

test.each([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF用户名,角色\n王伟,地方官员\n'), 'utf-8'],
  // 用户名,角色 and 王伟,地方官员, as a spreadsheet in China saves them
  ['GB18030', Buffer.from('d3c3bba7c3fb2cbdc7c9ab0acdf5ceb02cb5d8b7bdb9d9d4b10a', 'hex'), 'gb18030'],
  ['UTF-8 that is no GB18030 without a mark', Buffer.from('name,roles\n王伟,official\n'), 'utf-8'],
  ['lines that end as on a Mac of old', Buffer.from('name,roles\r王伟,official\r'), 'utf-8'],
  ['cells that were emptied', Buffer.from('name,roles\r\n王伟,official\r\n,\r\n\r\n'), 'utf-8'],
])('%s is read', (_what, bytes, encoding) => {
  const plan = planOf(bytes);
  expect([plan.encoding, plan.refused, plan.users.map(({ name, after }) => [name, after.roles])]).toEqual([
    encoding,
    [],
    [['王伟', ['official']]],
  ]);
});

test.each([
  ['is too large', Buffer.alloc(LARGEST_IMPORT_BYTES + 1, 'a'), [null, null, 'too-large', null]],
  ['is UTF-16', Buffer.from('\uFEFFname\nWei\n', 'utf16le'), [null, null, 'utf-16', null]],
  // ½ in UTF-8, 陆 in GB18030
  ['is text in two ways', Buffer.from('name\n\u00bd\n'), [null, null, 'two-encodings', null]],
  ['is no text', Buffer.from([0x6e, 0x0a, 0xff, 0xff]), [null, null, 'encoding', null]],
  ['is empty', '', [null, null, 'no-header', null]],
  ['has no users', 'name,roles\n', [null, null, 'no-lines', null]],
  ['does not close its quotes', 'name\nWei\n"Olga\n', [3, null, 'quoting', null]],
  ['has a column that there is not', 'name,password\nWei,x\n', [1, null, 'unknown-column', 'password']],
  ['has a column twice', 'name,用户名\nWei,x\n', [1, null, 'column-twice', '用户名']],
  ['has no names', 'roles\nofficial\n', [1, 'name', 'no-name-column', null]],
  ['has too many users', `name\n${'x\n'.repeat(1001)}`, [null, null, 'too-many-lines', '1001']],
  ['has a line of more cells', 'name\n\nWei,x\n', [3, null, 'cells', '2']],
])('a file that %s is refused by name', (_what, text, refused) => {
  const plan = planOf(text);
  expect(refusedOf(text)).toEqual([refused]);
  expect([plan.users, plan.etag]).toEqual([[], null]);
});

test.each([
  ['name', ''],
  ['name', 'x'.repeat(65)],
  ['name', 'a\u0000b'],
  ['name', 'a\u202Eb'],
  ['name', '"two\nlines"'],
])('%s %j is no name', (_column, cell) => {
  expect(refusedOf(`name,roles\n${cell},official\n`).map(([, , reason]) => reason)).toEqual(['bad-name']);
});

test.each([
  ['action', 'remove', 'bad-action', 'remove'],
  ['roles', 'official;emperor', 'bad-roles', 'emperor'],
  ['sources', 'demo;Demo', 'bad-sources', 'Demo'],
  ['sources', `demo\u0000`, 'bad-sources', 'demo\uFFFD'],
  ['regions', '33;浙江', 'bad-regions', '浙江'],
  ['regions', '=1+1', 'bad-regions', '=1+1'],
  ['regions', Array.from({ length: 101 }, (_, index) => 1000 + index).join(';'), 'bad-regions', '101'],
  ['owners', 'L000001', 'bad-owners', 'L000001'],
  ['owners', `demo:${'x'.repeat(201)}`, 'bad-owners', `demo:${'x'.repeat(55)}…`],
  ['disabled', 'maybe', 'bad-disabled', 'maybe'],
  ['disabled', 'yes', 'add-disabled', 'yes'],
])('%s %j is refused in its line', (column, cell, reason, value) => {
  expect(refusedOf(`name,${column}\nWei,\nLin,${cell}\n`)).toEqual([[3, column, reason, value]]);
});

test.each([
  ['is of the demo', 'demo-x', 'demo-name', 'demo-x'],
  ['is there', 'OLGA', 'taken', 'OLGA'],
  ['is there under wide letters', 'Ｏlga', 'looks-like', 'Olga'],
  ['looks as one that is there', 'Оlga', 'looks-like', 'Olga'],
  ['looks as one of the file', 'Lіn', 'looks-like', 'Lin'],
  ['was in the file', 'lin', 'name-twice', '2'],
])('a name that %s is refused', (_what, name, reason, value) => {
  expect(refusedOf(`\uFEFFname\nLin\n${name}\n`)).toEqual([[3, 'name', reason, value]]);
});

test.each([
  ['who is not there', 'change,Nobody,,', 'nobody', 'Nobody'],
  [
    'rights of who comes through a provider',
    'change,Petra,strategist,',
    'from-provider',
    'https://id.example',
  ],
  ['oneself, to be let in no more', 'change,Ada,,yes', 'oneself', 'Ada'],
])('nobody changes %s', (_what, line, reason, value) => {
  const rest = 'action,name,roles,disabled\nadd,Wei,official,\n';
  expect(refusedOf(`${rest}${line}\n`)).toContainEqual([3, 'name', reason, value]);
});

test('who comes through a provider can be let in no more', () => {
  const { users, refused } = planOf('action,name,disabled\nchange,Petra,yes\n');
  expect([refused, users[0]?.after.isDisabled]).toEqual([[], true]);
});

test('the last administrators are not taken away together, unless another is made meanwhile', () => {
  const known = [...KNOWN, userOf('Bea', { roles: ['administrator'] })];
  const both = 'action,name,roles,disabled\nchange,Ada,official,\nchange,Bea,,yes\n';
  expect(planOf(both, known, null).refused.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'last-administrator'],
    [3, 'last-administrator'],
  ]);
  expect(planOf(`${both}add,New,administrator,\n`, known, null).etag).toBeNull();
  expect(planOf(`${both}change,Olga,administrator,\n`, known, null).refused).toEqual([]);
});

test('the name of a plan is that of the file and of whom it is about', () => {
  const file = 'action,name,roles\nadd,Wei,official\nchange,Olga,engineer\n';
  const first = planOf(file).etag;
  const others = (name: string, state: UserState) =>
    KNOWN.map((user) => (user.name === name ? { ...user, state } : user));
  expect(first).not.toBeNull();
  expect(planOf(file, others('Petra', { ...nothing, isDisabled: true })).etag).toBe(first);
  expect(planOf(file, others('Olga', { ...nothing, roles: ['official'] })).etag).not.toBe(first);
  expect(planOf(`${file}\n`).etag).not.toBe(first);
  expect(planOf('action,name\nchange,Olga\n').etag).toBeNull();
});

const word = fc.oneof(
  fc.constantFrom('Ada', 'ada', 'Olga', 'Bea', 'Wei', 'demo-x', '王伟', '=1+1', '"', 'а', '', '-', ';', '*'),
  fc.constantFrom(...ROLES, 'demo', '33', 'demo:L1', 'yes', 'no', 'add', 'change', '修改'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const columns = fc.shuffledSubarray(
  ['action', 'name', 'roles', 'sources', 'regions', 'owners', 'disabled', '用户名', 'x'],
  { minLength: 1 },
);
const fileOfWords = columns.chain((head) =>
  fc
    .array(fc.array(word, { minLength: head.length, maxLength: head.length }), { maxLength: 8 })
    .map((rows) => Buffer.from([head, ...rows].map((row) => row.join(',')).join('\n'))),
);
const state = fc.record({
  roles: fc.subarray([...ROLES]),
  sources: fc.subarray(['*', 'demo']),
  regions: fc.subarray(['33', '44']),
  owners: fc.constant<string[]>([]),
  isDisabled: fc.boolean(),
});
const people = fc
  .tuple(...['Ada', 'Olga', 'Bea', 'Wei'].map((name) => fc.tuple(fc.constant(name), state, fc.boolean())))
  .map((all) => all.map(([name, given, hasPassword]) => userOf(name, given, { hasPassword })));

test('whatever the file: it is answered, planned alike twice, and what can be carried out keeps an administrator and nobody twice', () => {
  fc.assert(
    fc.property(
      fc.oneof(fileOfWords, fc.uint8Array({ maxLength: 200 }).map(Buffer.from)),
      people,
      (bytes, known) => {
        const plan = planImport(bytes, known, 'id of Ada');
        expect(planImport(bytes, known, 'id of Ada')).toEqual(plan);
        expect(plan.etag === null || plan.refused.length === 0).toBe(true);
        expect(
          plan.refused.map(({ value }) => value ?? '').filter((value) => /[\p{C}]/u.test(value)),
        ).toEqual([]);
        if (plan.refused.length > 0) return;
        const after = new Map(known.map((user) => [user.id, user]));
        for (const { id, name, after: planned } of plan.users) {
          const user =
            id === null ? userOf(name, planned, { hasPassword: false }) : known.find((one) => one.id === id);
          if (user) after.set(id ?? name, { ...user, state: planned });
        }
        const names = [...after.values()].map(({ name }) => name.toLowerCase());
        expect(new Set(names).size).toBe(names.length);
        if (known.some(isUsableAdministrator))
          expect([...after.values()].some(isUsableAdministrator)).toBe(true);
        const self = after.get('id of Ada');
        if (self && !known[0]?.state.isDisabled) expect(self.state.isDisabled).toBe(false);
      },
    ),
    { numRuns: 1_500 },
  );
});

test('a file of everything that can be refused holds nobody up', () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => `change,nobody ${index},x;y,Z,q,w,maybe`);
  const begun = performance.now();
  const { refused } = planOf(`action,name,roles,sources,regions,owners,disabled\n${lines.join('\n')}`);
  expect(refused.length).toBeGreaterThanOrEqual(1_000);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
