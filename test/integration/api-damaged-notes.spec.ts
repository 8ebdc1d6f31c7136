/** Where users and notes are is damaged: nobody is let in, it is said why, and closing waits for nobody for ever. */
import { connect, type Socket } from 'node:net';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Health, Problem } from '@beltline/contract';
import { createBeltlineApi } from '@beltline/api/app';
import { readConfig } from '@beltline/api/config';
import { openPostgres } from '@beltline/sql/postgres';
import { startApi } from '../fixtures/api/running-api.ts';
import { signIn, TESTER } from '../fixtures/api/signing-in.ts';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { putEmptyNotes } from '../fixtures/fresh-stores.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const GROWTH = '/growth?from=2024-01&to=2024-02';
const NOTE = {
  source: 'golden',
  beltId: null,
  kind: 'policy',
  day: '2024-02-29',
  lastDay: null,
  text: 'a',
};
const ONE = '/00000000-0000-4000-8000-000000000001';
/** Of a session that may be one, as of a browser that was signed in before. */
const SOMEBODY = `beltline_session=${'x'.repeat(43)}`;
/** Every way in which the API reads or writes a note. */
const WAYS = [
  ['GET', ''],
  ['GET', ONE],
  ['POST', ''],
  ['PUT', ONE],
  ['DELETE', ONE],
] as const;

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine();
  await putEmptyNotes(engine.dataDir);
  await seedVersion(engine.loader, GOLDEN);
});
afterAll(() => engine.close());

async function open() {
  const reader = engine.engine.client('reader');
  const api = await createBeltlineApi({
    engine: {
      client: () => reader,
      answering: () => true,
      onRestart: () => undefined,
      answers: (withinMs) => engine.engine.answers(withinMs),
      movedFrom: () => engine.engine.movedFrom(),
    },
    dataDir: engine.dataDir,
    config: readConfig({ BELTLINE_DATA: engine.dataDir, LOG_LEVEL: 'silent' }),
    loading: () => false,
  });
  const url = await api.listen(0, '127.0.0.1');
  await api.addUser(TESTER).catch(() => undefined);
  const cookie = (await signIn(url, TESTER)) || SOMEBODY;
  const get = async <T>(path: string) => {
    const response = await fetch(`${url}/api/v1${path}`, { headers: { connection: 'close', cookie } });
    return { status: response.status, body: (await response.json()) as T };
  };
  const close = async () => {
    await api.close();
    await reader.close();
  };
  return { api, url, get, close };
}

test('with the store of users and notes damaged nobody is let in, and it is said what to do', async () => {
  const before = await open();
  expect(before.api.damage).toBeNull();
  expect((await before.get(GROWTH)).status).toBe(200);
  await before.close();
  rmSync(join(engine.dataDir, 'postgres'), { recursive: true });

  const after = await open();
  try {
    expect(after.api.damage).toMatch(/folder .*postgres is gone/);
    // Not served to who may be nobody; they are whole, and health says so.
    expect(await after.get(GROWTH)).toMatchObject({ status: 503, body: { code: 'store-unavailable' } });
    expect(await after.get<Health>('/health')).toMatchObject({
      status: 200,
      body: {
        ready: true,
        checks: { clickhouse: 'up', postgres: 'down' },
        notes: expect.stringMatching(/folder postgres of the data directory.*from a backup/),
      },
    });
    for (const [method, path] of WAYS) {
      const answer = await fetch(`${after.url}/api/v1/annotations${path}`, {
        method,
        ...(/^P/.test(method) ? { body: JSON.stringify(NOTE) } : {}),
        headers: {
          'if-match': '"r1"',
          connection: 'close',
          cookie: SOMEBODY,
          origin: after.url,
          ...(/^P/.test(method) ? { 'content-type': 'application/json' } : {}),
        },
      });
      const { code, detail } = (await answer.json()) as Problem;
      const refused = { status: 503, code: 'store-unavailable' };
      expect({ method, path, status: answer.status, code }).toEqual({ method, path, ...refused });
      // Which folder, and what to do; where it lies is nobody's business on the network.
      expect(detail).toMatch(
        /folder postgres of the data directory.*from a backup.*without users and notes.*start/,
      );
      expect(detail).not.toContain(engine.dataDir);
    }
  } finally {
    await after.close();
  }
});

test('users of whom a disk has kept zeros are missed, and nobody is put in their place', async () => {
  const folder = join(engine.dataDir, 'postgres');
  for (const path of [folder, `${folder}.marker`]) rmSync(path, { recursive: true, force: true });
  await putEmptyNotes(engine.dataDir);
  await (await open()).close(); // adds somebody
  const store = await openPostgres({ dataDir: engine.dataDir });
  const [{ file }] = (await store.dataSource.query(`SELECT pg_relation_filepath('users') AS file`)) as [
    { file: string },
  ];
  await store.close();
  const path = join(folder, file);
  const zeros = Buffer.alloc(statSync(path).size);
  writeFileSync(path, zeros);
  const { api, close } = await open();
  expect(api.damage).toMatch(/the table users has lost rows on 1 page.* Nothing has been changed/);
  await close();
  expect(readFileSync(path).equals(zeros)).toBe(true);
});

test.each([
  ['moved away', (folder: string) => renameSync(folder, `${folder} away`)],
  ['emptied', (folder: string) => (cpSync(folder, `${folder} away`, { recursive: true }), emptied(folder))],
  [
    'replaced by a copy',
    (folder: string) => (
      renameSync(folder, `${folder} away`),
      cpSync(`${folder} away`, folder, { recursive: true })
    ),
  ],
])(
  'a folder that is %s while it is open takes nothing more, and says so until it is back',
  async (_, harm) => {
    const folder = join(engine.dataDir, 'postgres');
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.marker`, { force: true });
    await putEmptyNotes(engine.dataDir);
    const { api, url, get, close } = await open();
    const cookie = await signIn(url, TESTER);
    const add = async (text: string) => {
      const headers = { 'content-type': 'application/json', connection: 'close', origin: url, cookie };
      const body = JSON.stringify({ ...NOTE, text });
      return (await fetch(`${url}/api/v1/annotations`, { method: 'POST', headers, body })).status;
    };
    try {
      expect([api.damage, await add('before')]).toEqual([null, 201]);
      harm(folder);
      expect(await add('meanwhile')).toBe(503);
      expect(await get<Health>('/health')).toMatchObject({
        status: 200,
        body: { checks: { postgres: 'down' }, notes: expect.stringContaining('folder postgres') },
      });
      expect((await get('/annotations?source=golden')).status).toBe(503);
      if (!existsSync(folder)) {
        renameSync(`${folder} away`, folder); // the same one: it goes on
        expect(await add('after')).toBe(201);
        expect(
          (await get<{ annotations: unknown[] }>('/annotations?source=golden')).body.annotations,
        ).toHaveLength(2);
      }
    } finally {
      await close();
      rmSync(`${folder} away`, { recursive: true, force: true });
    }
  },
);

const emptied = (folder: string) => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
};

test('closing ends connections that sent nothing or half a request', async () => {
  const api = await startApi();
  const port = Number(new URL(api.url).port);
  const sockets: Socket[] = [];
  const dial = async (text: string) => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise((connected) => socket.once('connect', connected));
    socket.write(text);
  };
  try {
    await dial('');
    await dial('GET /api/v1/growth HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    await dial(
      'POST /api/v1/annotations HTTP/1.1\r\nHost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    await sleep(200);
    const ended = sockets.map(
      (socket) => new Promise<void>((closed) => socket.once('close', () => closed())),
    );
    const started = Date.now();
    await api.close();
    await Promise.all(ended);
    expect((Date.now() - started) / 1000).toBeLessThan(20);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
