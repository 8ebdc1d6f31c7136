/**
 * The embedded engine's port as an outsider finds it: another account of this machine, or a page in a browser. They know
 * the port and nothing else. And its users as a hostile statement finds them: what is granted, and nothing beside.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { type ClickHouseClient, type Engine, type EngineRole, openEngine } from '@beltline/sql/engine';

interface Endpoint {
  url: string;
  pathname: string;
  passwords: Record<EngineRole, string>;
}

const dataDir = mkdtempSync(join(tmpdir(), 'beltline outsider '));
const endpointFile = join(dataDir, 'engine', 'endpoint.json');
let engine: Engine;
let endpoint: Endpoint;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  const owner = engine.client('loader', 'default');
  await migrateClickHouse(owner);
  await owner.close();
  endpoint = JSON.parse(readFileSync(endpointFile, 'utf8')) as Endpoint;
});
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Statements that would give something away or do harm, if anyone answered. */
const HOSTILE = [
  'SELECT 1',
  `SELECT * FROM file('${endpointFile}', LineAsString)`,
  "SELECT file('/proc/self/environ')",
  'SYSTEM STOP LISTEN HTTP',
];
const PATHS = [
  '/',
  '/?',
  '/ping',
  '/play',
  '/dashboard',
  '/binary',
  '/merges',
  '/jemalloc',
  '/js/uplot.js',
  '/metrics',
  '/replicas_status',
  '/default',
  '/query',
  '//',
  '/./',
  '/%2e/',
  '/../',
];
const WHO: Record<string, Record<string, string>> = {
  nobody: {},
  'default without a password': { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': '' },
  'loader with a wrong password': { 'X-ClickHouse-User': 'loader', 'X-ClickHouse-Key': 'loader' },
  'a page in a browser': { Origin: 'http://evil.example', Authorization: `Basic ${btoa('default:')}` },
};

describe('who knows the port and nothing else', () => {
  it.each(Object.keys(WHO))('is told nothing under any path, as %s', async (who) => {
    for (const path of PATHS) {
      for (const statement of HOSTILE) {
        for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
          const target = new URL(`${endpoint.url}${path}`);
          target.searchParams.set('add_http_cors_header', '1');
          if (method === 'GET' || method === 'OPTIONS') target.searchParams.set('query', statement);
          const response = await fetch(target, {
            method,
            headers: { ...WHO[who], Connection: 'close' },
            ...(/^P/.test(method) ? { body: statement } : {}),
          });
          const answer = await response.text();
          const refusal = method === 'GET' || method === 'POST' ? 404 : 501;
          expect({ path, method, status: response.status }).toEqual({ path, method, status: refusal });
          expect(response.headers.get('access-control-allow-origin')).toBeNull();
          expect(answer).not.toContain(endpoint.passwords.reader);
        }
      }
    }
    const reader = engine.client('reader');
    await expect(reader.query({ query: 'SELECT 1' })).resolves.toBeDefined();
    await reader.close();
  });

  it('guesses no part of the secret path', async () => {
    const { pathname, url } = endpoint;
    for (const path of [
      pathname.slice(0, -1),
      `${pathname}x`,
      `${pathname}/`,
      pathname.toUpperCase(),
      '/.*',
      '/*',
    ]) {
      const response = await fetch(`${url}${path}?query=SELECT%201`, { headers: { Connection: 'close' } });
      expect({ path, status: response.status }).toEqual({ path, status: 404 });
      await response.text();
    }
    expect(pathname.length).toBeGreaterThan(30);
  });

  it('gets in by the secret path only with a password that fits', async () => {
    for (const [user, key] of [
      ['reader', ''],
      ['reader', 'wrong'],
      ['loader', endpoint.passwords.reader],
    ] as const) {
      const response = await fetch(`${endpoint.url}${endpoint.pathname}?query=SELECT%201`, {
        headers: { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': key, Connection: 'close' },
      });
      expect([user, response.status]).toEqual([user, 403]);
      await response.text();
    }
  });

  // Only root can start a process as somebody else.
  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('as another account of this machine, reads neither the port nor the files that open it', () => {
    const script = `
      const ask = await fetch('${endpoint.url}/?query=' + encodeURIComponent("SELECT file('${endpointFile}')"));
      const seen = [ask.status];
      const { readFileSync, readdirSync } = await import('node:fs');
      for (const read of [() => readFileSync(${JSON.stringify(endpointFile)}), () => readdirSync(${JSON.stringify(join(dataDir, 'clickhouse'))})])
        try { read(); seen.push('read'); } catch (error) { seen.push(error.code); }
      console.log(JSON.stringify(seen));`;
    // A copy of Node that another account may run, wherever this one lies.
    const folder = mkdtempSync(join(tmpdir(), 'beltline-node-'));
    const node = join(folder, 'node');
    copyFileSync(process.execPath, node);
    execFileSync('chmod', ['755', folder, node]);
    const seen = execFileSync(node, ['--input-type=module', '-e', script], {
      uid: 65534,
      gid: 65534,
      cwd: '/',
      env: {},
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(JSON.parse(seen)).toEqual([404, 'EACCES', 'EACCES']);
  });
});

describe('the process of the engine', () => {
  it('listens on one port, on loopback', () => {
    const pid = engineProcess();
    const inodes = new Set(
      readdirSync(`/proc/${pid}/fd`).map(
        (fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1],
      ),
    );
    const listening = ['tcp', 'tcp6'].flatMap((kind) =>
      readFileSync(`/proc/net/${kind}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === '0A' && inodes.has(fields[9]))
        .map((fields) => fields[1] as string),
    );
    const port = Number(new URL(endpoint.url).port).toString(16).toUpperCase().padStart(4, '0');
    expect(listening).toEqual([`0100007F:${port}`]);
  });

  it('knows no secret of the environment it was started from', () => {
    const known = readFileSync(`/proc/${engineProcess()}/environ`, 'utf8').split('\0');
    const names = known.map((entry) => entry.split('=')[0]).filter(Boolean);
    expect(names.filter((name) => !/^(TZ|LANG|LC_\w+|TMPDIR)$/.test(name as string))).toEqual([]);
    expect(readFileSync(`/proc/${engineProcess()}/cmdline`, 'utf8')).not.toContain(endpoint.pathname);
  });

  function engineProcess(): number {
    const port = new URL(endpoint.url).port;
    const found = readdirSync('/proc').filter(
      (entry) => /^\d+$/.test(entry) && textOf(`/proc/${entry}/cmdline`).includes(`--http_port=${port}`),
    );
    expect(found).toHaveLength(1);
    return Number(found[0]);
  }
  const textOf = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  const linkOf = (file: string) => {
    try {
      return readlinkSync(file);
    } catch {
      return '';
    }
  };
});

describe('a statement that reaches beyond the tables', () => {
  let outside: ReturnType<typeof createServer>;
  let port: number;
  let asked = 0;
  beforeAll(async () => {
    outside = createServer((_request, response) => {
      asked++;
      response.end('1\n');
    }).listen(0, '127.0.0.1');
    await once(outside, 'listening');
    port = (outside.address() as AddressInfo).port;
    writeFileSync(join(dataDir, 'secret.csv'), '42\n');
  });
  afterAll(() => outside.close());

  const statements = (): string[] => [
    `SELECT * FROM file('${join(dataDir, 'secret.csv')}', CSV)`,
    `DESCRIBE TABLE file('${join(dataDir, 'secret.csv')}', CSV)`,
    `INSERT INTO FUNCTION file('${join(dataDir, 'written.csv')}', CSV, 'a Int8') SELECT 1`,
    `SELECT * FROM url('http://127.0.0.1:${port}/', CSV, 'a Int8')`,
    `SELECT * FROM s3('http://127.0.0.1:${port}/b/a.csv', NOSIGN, 'CSV', 'a Int8')`,
    `SELECT * FROM remote('127.0.0.1:${port}', system.one)`,
    `SELECT * FROM postgresql('127.0.0.1:${port}', 'a', 'b', 'c', 'd')`,
    `SELECT * FROM mysql('127.0.0.1:${port}', 'a', 'b', 'c', 'd')`,
    `SELECT * FROM iceberg('http://127.0.0.1:${port}/b/', 'k', 's')`,
    `SELECT * FROM executable('touch ${join(dataDir, 'ran')}', 'TSV', 'a String')`,
    `CREATE TABLE beltline.x (a String) ENGINE = File(LineAsString, '/etc/passwd')`,
    `CREATE TABLE beltline.x (a Int8) ENGINE = URL('http://127.0.0.1:${port}/', CSV)`,
    `CREATE TABLE beltline.x (a String) ENGINE = Executable('touch ran', 'TSV')`,
    `CREATE TABLE beltline.x (a String) ENGINE = Kafka('127.0.0.1:${port}', 't', 'g', 'JSONEachRow')`,
    `CREATE DATABASE beltline_load_1 ENGINE = PostgreSQL('127.0.0.1:${port}', 'a', 'b', 'c')`,
    `CREATE DATABASE beltline_load_1 ENGINE = Filesystem('/etc')`,
    `CREATE DICTIONARY beltline.x (a UInt64, b String) PRIMARY KEY a
       SOURCE(HTTP(url 'http://127.0.0.1:${port}/' format 'TSV')) LAYOUT(FLAT()) LIFETIME(0)`,
    `CREATE DICTIONARY beltline.x (a UInt64, b String) PRIMARY KEY a
       SOURCE(EXECUTABLE(command 'touch ran' format 'TSV')) LAYOUT(FLAT()) LIFETIME(0)`,
    'CREATE FUNCTION x AS (a) -> a',
    'CREATE USER x',
    'CREATE NAMED COLLECTION x AS a = 1',
    'GRANT SELECT ON system.* TO reader',
    'SYSTEM STOP LISTEN HTTP',
    'SYSTEM SHUTDOWN',
    `BACKUP DATABASE beltline TO File('${join(dataDir, 'copy')}')`,
    `SELECT 1 INTO OUTFILE '${join(dataDir, 'written.csv')}'`,
    'SELECT * FROM system.users',
    'SELECT * FROM system.grants',
    'SELECT * FROM loop(system.users)',
    'CREATE DATABASE elsewhere',
  ];

  it.each<EngineRole>(['loader', 'reader'])('runs no program for the %s, wherever one lies', async (role) => {
    const program = `#!/bin/sh\ntouch '${join(dataDir, 'ran')}'\necho ran\n`;
    for (const place of [join(dataDir, 'clickhouse', 'user_scripts'), join(dataDir, 'engine')]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'program.sh'), program, { mode: 0o700 });
    }
    const client: ClickHouseClient = engine.client(role);
    for (const name of ['program.sh', '../program.sh', '../engine/program.sh']) {
      const query = `SELECT * FROM executable('${name}', 'TSV', 'a String')`;
      await expect(client.command({ query })).rejects.toThrow();
    }
    await client.close();
    expect(readdirSync(dataDir)).not.toContain('ran');
  });

  it.each<EngineRole>(['loader', 'reader'])('is refused to the %s, and does nothing', async (role) => {
    const client: ClickHouseClient = engine.client(role);
    for (const query of statements()) {
      const refused = await client.command({ query }).then(
        () => 'done',
        (error: { type?: string }) => String(error.type),
      );
      expect({ query, refused }).toEqual({
        query,
        refused: expect.stringMatching(
          /^(ACCESS_DENIED|UNSUPPORTED_METHOD|INTO_OUTFILE_NOT_ALLOWED|READONLY|UNKNOWN_FUNCTION|BAD_ARGUMENTS|PATH_ACCESS_DENIED)$/,
        ),
      });
    }
    await client.close();
    expect(asked).toBe(0);
    expect(readdirSync(dataDir).filter((name) => /^(written|ran|copy)/.test(name))).toEqual([]);
  });
});
