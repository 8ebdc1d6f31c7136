import { HttpException } from '@nestjs/common';
import { EngineError } from '@beltline/sql/clickhouse';
import { StoreDamagedError } from '@beltline/sql/postgres';
import { QueryFailedError, TypeORMError } from 'typeorm';
import { invalidRequest } from './problem-error.ts';
import { problemOf } from './problem-of.ts';

const engine = (kind: EngineError['kind']) =>
  new EngineError(kind, 'growth-by-belt', 'id', new Error('connect ECONNREFUSED 127.0.0.1:9'));
const store = (code: string) =>
  new QueryFailedError('SELECT', [], Object.assign(new Error('secret'), { code }));
const fastify = (statusCode: number) =>
  Object.assign(new Error('Body is too large'), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode });

test.each([
  [engine('unavailable'), 503, 'engine-unavailable'],
  [engine('overloaded'), 503, 'engine-overloaded'],
  [engine('damaged'), 503, 'figures-damaged'],
  [engine('failed'), 500, 'internal'],
  [store('ECONNREFUSED'), 503, 'store-unavailable'],
  [store('57P01'), 503, 'store-unavailable'],
  [store('53100'), 503, 'store-unavailable'],
  [store('42P01'), 500, 'internal'],
  [store('22021'), 400, 'invalid-request'],
  [new TypeORMError('Driver not Connected'), 503, 'store-unavailable'],
  [
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    503,
    'store-unavailable',
  ],
  [new Error('timeout exceeded when trying to connect'), 503, 'store-unavailable'],
  [new HttpException('Cannot GET /x', 404), 404, 'not-found'],
  [new HttpException('teapot', 418), 418, 'invalid-request'],
  [fastify(413), 413, 'invalid-request'],
  [new Error('secret'), 500, 'internal'],
  ['a string', 500, 'internal'],
  [invalidRequest({ field: 'from', message: 'is wrong' }), 400, 'invalid-request'],
])('%s is %i %s', (error, status, code) => {
  const problem = problemOf(error);
  expect([problem.status, problem.code]).toEqual([status, code]);
  expect(problem.message).not.toMatch(/secret|ECONN|127\.0\.0\.1/);
});

test('a full disk is said of notes, and that those that are there can be read', () => {
  expect(problemOf(store('53100')).message).toMatch(/no space left on the disk.*can be read/);
  expect(problemOf(store('57P01')).message).not.toMatch(/space/);
});

test.each([
  ['damaged', /is damaged.*from a backup/],
  ['closed', /may not read or change.*lets it, and starts again.*nothing is lost/],
  ['full', /no space left.*makes room, and starts again.*nothing is lost/],
  ['in-the-way', /moves it away, and starts again.*nothing is lost/],
  ['moved', /moves the same folder back, and it goes on/],
] as const)(
  'a store of notes that is not open because it is %s names what mends it, and no path',
  (kind, says) => {
    const { code, message } = problemOf(new StoreDamagedError('/srv/data/postgres', kind));
    expect(code).toBe('store-unavailable');
    expect(message).toMatch(says);
    expect(message).not.toContain('/srv');
    // Nobody shall begin without their notes for want of room or of a permission.
    if (kind !== 'damaged') expect(message).not.toMatch(/without users and notes/);
  },
);
