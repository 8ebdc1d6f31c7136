/** The built dashboard as the API serves it: pages, assets, and what is neither. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '@beltline/contract';
import { rawRequest } from '../fixtures/api/raw-request.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';

let api: RunningApi;
let dashboardDir: string;
beforeAll(async () => {
  dashboardDir = mkdtempSync(join(tmpdir(), 'dashboard '));
  mkdirSync(join(dashboardDir, 'assets'));
  writeFileSync(
    join(dashboardDir, 'index.html'),
    `<!doctype html><title>Beltline</title>${'<p>产业带</p>'.repeat(200)}`,
  );
  writeFileSync(join(dashboardDir, 'assets', 'main-Ab12Cd34.js'), 'export {};');
  writeFileSync(join(dashboardDir, 'favicon.svg'), '<svg/>');
  api = await startApi({ dashboardDir });
});
afterAll(async () => {
  await api?.close();
  rmSync(dashboardDir, { recursive: true, force: true });
});

const page = (path: string, headers: Record<string, string> = {}) => api.get<string>(`/${path}`, headers);

test.each([
  '/',
  '/belts/ke',
  '/belts/B1.2',
  '/areas/category/3.5mm',
  '/areas/city/Rio%20de%20J./S.%20Paulo',
  '/data?source=demo',
  '/index.html',
])('%s is the page', async (path) => {
  const { status, headers, body } = await page(path);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(body).toContain('<title>Beltline</title>');
});

test('assets are kept for ever, others asked for again', async () => {
  expect((await page('/assets/main-Ab12Cd34.js')).headers.get('cache-control')).toBe(
    'public, max-age=31536000, immutable',
  );
  expect((await page('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  const tag = (await page('/')).headers.get('etag') ?? '';
  for (const known of [tag, `W/${tag}`, '*']) {
    expect((await page('/', { 'if-none-match': known })).status).toBe(304);
  }
});

test('is compressed once for who accepts it', async () => {
  expect((await page('/', { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBe('br');
  expect((await page('/', { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  const refused = await page('/', { 'accept-encoding': 'br;q=0, gzip;q=0' });
  expect(refused.headers.get('content-encoding')).toBeNull();
});

test.each([
  '/assets/gone-12345678.js',
  '/robots.txt',
  '/../package.json',
  '/..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/x.js',
])('%s is not there', async (path) => {
  const { status } = await rawRequest(api.url, path, { host: 'localhost' });
  expect(status).toBe(404);
});

test('what lies under /api is never the page', async () => {
  for (const path of [
    '/api',
    '/api/',
    '/api/v2/growth',
    '/api/v1/nowhere',
    '/API/v1/sources',
    '//api/v1/sources',
  ]) {
    const { status, body } = (await page(path)) as unknown as { status: number; body: Problem };
    expect([status, body.code]).toEqual([404, 'not-found']);
  }
});
