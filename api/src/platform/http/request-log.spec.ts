/** A line a request: who, what and how long, and nothing that may be secret. */
import { fastify, type FastifyRequest } from 'fastify';
import { type Logger, pino } from 'pino';
import { logRequests } from './request-log.ts';

async function linesOf(ask: { url: string; headers?: Record<string, string>; payload?: object }) {
  const lines: string[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(line) },
  ) as unknown as Logger;
  const app = fastify();
  const asker = (request: FastifyRequest) => ({
    user: request.headers.cookie ? 'u-1' : null,
    token: request.headers.authorization ? 't-1' : null,
  });
  logRequests(app, logger as never, asker);
  app.post('/api/v1/session', async () => ({}));
  app.get('/api/v1/health', async () => ({}));
  const { url, headers = {}, payload } = ask;
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const body = payload === undefined ? {} : { method: 'POST', body: JSON.stringify(payload) };
  await fetch(origin + url, {
    ...body,
    headers: { ...headers, 'content-type': 'application/json', connection: 'close' },
  });
  await app.close();
  return lines;
}

test('a line names who asked by id, and holds no query, cookie, token, body or name', async () => {
  const [line = '', ...more] = await linesOf({
    url: '/api/v1/session?q=hidden-query',
    headers: { cookie: 'hidden-cookie', authorization: 'Bearer hidden-token' },
    payload: { name: 'hidden-name', password: 'hidden-password' },
  });
  expect(more).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({
    ...{ user: 'u-1', token: 't-1', method: 'POST', path: '/api/v1/session', status: 200 },
  });
  expect(line).not.toContain('hidden');
});

test('nobody is said to be nobody', async () => {
  const [line = ''] = await linesOf({ url: '/api/v1/health' });
  expect(JSON.parse(line)).toMatchObject({ user: null, token: null });
});
