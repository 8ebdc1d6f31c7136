/**
 * The known limit of the embedded engine's port (docs/adr/0001): half a request's head, cut off, ends the engine. Nothing is read or lost by it,
 * and nothing else that a stranger sends does the same. Where this fails because the engine lives on, the limit is gone: correct the ADR.
 */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { type Engine, openEngine } from '@beltline/sql/engine';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline half a request '));
let engine: Engine;
let hasEnded = false;
async function begin(): Promise<void> {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  hasEnded = false;
  void engine.ended.then(() => (hasEnded = true));
}
beforeAll(async () => {
  await begin();
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { descriptions: engine.descriptions });
  await loader.command({ query: "INSERT INTO beltline.sources (source) VALUES ('kept')" });
  await loader.close();
});
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A stranger sends something and hangs up, as a program that is killed does. */
async function hangUpAfter(text: string): Promise<void> {
  const { url } = JSON.parse(readFileSync(join(dataDir, 'engine', 'endpoint.json'), 'utf8')) as {
    url: string;
  };
  const stranger = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  await once(stranger, 'connect');
  stranger.write(text);
  await sleep(200);
  stranger.resetAndDestroy();
  await sleep(300);
}

async function sources(): Promise<string> {
  const reader = engine.client('reader');
  const result = await reader.query({
    query: 'SELECT groupArray(source) FROM sources',
    format: 'TabSeparated',
  });
  const text = await result.text();
  await reader.close();
  return text.trim();
}

it.each([
  ['nothing', ''],
  ['a whole question', 'GET /?query=SELECT+1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a whole head and half a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nSELECT'],
  ['a head without end', `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(2000)}\r\n`],
])('lives on where a stranger hangs up after %s', async (_, text) => {
  await hangUpAfter(text);
  expect(hasEnded).toBe(false);
  expect(await sources()).toBe("['kept']");
});

it.each([
  ['in the middle of a head', 'GET / HTTP/1.1\r\nHost'],
  ['after another protocol', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1'],
])('ends where a stranger hangs up %s, and the next one has everything', async (_, text) => {
  await hangUpAfter(text);
  await Promise.race([engine.ended, sleep(10_000)]);
  expect(hasEnded).toBe(true);
  await begin();
  expect(await sources()).toBe("['kept']");
});
