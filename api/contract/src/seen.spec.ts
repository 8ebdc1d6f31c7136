import { annotationBody } from './annotations.ts';
import { newPublication } from './reports.ts';
import { newToken } from './tokens.ts';
import { newUser } from './users.ts';

/** Each is a blank where it is shown. */
const BLANKS = [
  ...['\u200b', '\u200d', '\u2060', '\u00ad', '\u200e', '\u061c', '\u202e', '\u2066', '\u3164', '\u115f'],
  ...[
    '\u1160',
    '\uffa0',
    '\u2800',
    '\ufe0f',
    '\u034f',
    '\u17b4',
    '\u180b',
    '\u{e0001}',
    '\u{e0100}',
    '\u3000',
  ],
];
const written = (text: string) => `U+${text.codePointAt(0)?.toString(16)}`;

const note = { source: 'demo', beltId: null, kind: 'other', day: '2024-01-01' };
const user = { roles: [], sources: [], regions: [], owners: [] };
const token = { permissions: ['read-figures'], days: 1 };
const FIELDS: readonly [name: string, takes: (text: string) => boolean][] = [
  ['text of a note', (text) => annotationBody.safeParse({ ...note, text }).success],
  ['name of a user', (name) => newUser.safeParse({ ...user, name }).success],
  ['name of a token', (name) => newToken.safeParse({ ...token, name }).success],
  [
    'reason of a publication',
    (reason) => newPublication.safeParse({ region: '33', month: '2024-01', reason }).success,
  ],
];

describe.each(FIELDS)('the %s', (_, takes) => {
  it('takes what can be seen', () => {
    expect(['王伟', 'Zoë', 'a b', 'O’Neil'].filter((text) => !takes(text))).toEqual([]);
  });

  it('takes none of blanks alone', () => {
    expect(BLANKS.filter((blank) => takes(blank) || takes(` ${blank} ${blank}`)).map(written)).toEqual([]);
  });
});

// With one of them a name would pass for another's.
it.each(FIELDS.slice(1, 3))('the %s holds no blank that has no width', (_, takes) => {
  expect(BLANKS.filter((blank) => blank !== '\u3000' && takes(`An${blank}na`)).map(written)).toEqual([]);
});
