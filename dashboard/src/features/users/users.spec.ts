import type { User } from '@beltline/contract';
import { ProblemError } from '../../api/problem-error.ts';
import {
  changeOf,
  fieldFault,
  formOf,
  found,
  likeWhom,
  linkOf,
  newUserOf,
  providerName,
  scopeWords,
} from './user-form.ts';

const user: User = {
  id: '6f0e7a52-8f43-4a0c-9c53-0d7f5b9f0a11',
  name: 'Olga',
  isDemo: false,
  isDisabled: false,
  hasPassword: true,
  provider: null,
  sessions: 1,
  tokens: 0,
  etag: '"u1"',
  linkEndsAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  roles: ['official'],
  sources: ['demo', 'olist'],
  regions: ['33', '4403'],
  owners: ['demo:L1', 'demo:L2'],
};

it('what is not touched is saved as it was', () => {
  const { roles, sources, regions, owners } = user;
  expect(changeOf(formOf(user))).toEqual({ roles, sources, regions, owners, isDisabled: false });
});

it('an owner whose name has blanks and commas stays one', () => {
  const owners = ['mine:Ningbo Lamp Co., Ltd.', 'mine:义乌，玩具厂', 'demo:L1'];
  expect(changeOf(formOf({ ...user, owners })).owners).toEqual(owners);
  const typed = { ...formOf(null), owners: 'mine:Ningbo Lamp Co., Ltd., demo:L1，demo:L2；\n' };
  expect(newUserOf(typed).owners).toEqual(['mine:Ningbo Lamp Co., Ltd.', 'demo:L1', 'demo:L2']);
});

it('lists are typed with whatever lies between, also from a Chinese keyboard', () => {
  const form = {
    ...formOf(null),
    name: ' Wei ',
    sources: '*',
    regions: '33，4403、 11',
    owners: 'demo:L1\n\ndemo:L2 ',
  };
  expect(newUserOf(form)).toEqual({
    name: 'Wei',
    roles: [],
    sources: ['*'],
    regions: ['33', '4403', '11'],
    owners: ['demo:L1', 'demo:L2'],
  });
});

it('a fault is said beside its field', () => {
  const issues = [
    { field: 'name', message: 'is taken' },
    { field: 'regions.1', message: 'a region is …' },
  ];
  const error = new ProblemError({ code: 'invalid-request', issues });
  expect((['name', 'regions', 'owners'] as const).map((field) => fieldFault(error, field))).toEqual([
    'taken',
    'regions',
    null,
  ]);
});

it('users are found by what is shown of them', () => {
  const of = (text: string) => found([user], text, () => '地方官员').length;
  expect([of(''), of('olg'), of('官员'), of('4403'), of('wei')]).toEqual([1, 1, 1, 1, 0]);
});

it('the secret of a link is behind the #', () => {
  const link = new URL(linkOf('abc', 'https://belts.example'));
  expect([link.pathname, link.search, link.hash]).toEqual(['/welcome', '', '#abc']);
});

it('a name that looks like another’s is said with whose', () => {
  const issues = [{ field: 'name', message: 'looks like Olga, who is there already' }];
  const error = new ProblemError({ code: 'invalid-request', issues });
  expect([fieldFault(error, 'name'), likeWhom(error)]).toEqual(['alike', 'Olga']);
});

it('an issuer is called by its host, and what somebody sees is one line', () => {
  expect([providerName('https://id.example/realms/a'), providerName('odd')]).toEqual(['id.example', 'odd']);
  expect(scopeWords(user, '全部来源')).toBe('demo, olist · 33, 4403 · demo:L1, demo:L2');
  expect(scopeWords({ sources: [], regions: [], owners: [] }, '全部来源')).toBe('–');
});
