/**
 * Every route of the description × every role × objects that are theirs, somebody else's, and not there at all, over real HTTP, held against
 * `docs/access.md`. What is not theirs must be answered as what is not there: not even that it exists is told.
 */
import { readFileSync } from 'node:fs';
import {
  type Annotation,
  type MadeToken,
  type OwnSessionsAnswer,
  type Role,
  ROLES,
  type Session,
} from '@beltline/contract';
import { type Answer, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { loadEvent } from '../fixtures/rollups/batches.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const root = new URL('../../', import.meta.url);
const COLUMNS = ['anonymous', ...ROLES] as const;
type Caller = (typeof COLUMNS)[number];
const PASSWORD = 'brisk-otter-lamp-71';
/** A source that was given to every user, one that was given to none of them, and one that there is not. */
const OBJECTS = { own: 'demo', foreign: 'other', missing: 'none' } as const;
type Kind = keyof typeof OBJECTS;

interface Operation {
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: object;
}
const description = JSON.parse(readFileSync(new URL('api/openapi.json', root), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const routes = Object.entries(description.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
);

/** What the table says, by route: a verdict for each column. */
const table = new Map(
  readFileSync(new URL('docs/access.md', root), 'utf8')
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|DELETE) /.test(line))
    .map((line) => {
      const [route = '', ...says] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [route.replaceAll('`', ''), says] as const;
    }),
);

/** Those who ask at one API, and what there is to ask for. */
interface Stage {
  readonly api: RunningApi;
  cookieOf(caller: Caller): Promise<string>;
  /** Signs in anew when the caller asks next: one route ends all of a user's sessions. */
  forget(caller: Caller): void;
  /** Ids of notes, by whose source they are of. */
  noteOf(kind: Kind): Promise<string>;
  /** A path about a user, of somebody with a session and a token. Both are new, because some routes end them. */
  ofSomebody(path: string): Promise<string>;
  /** Ids of batches. */
  readonly batches: Readonly<Record<Kind, number>>;
}

async function stageOn(running: RunningApi): Promise<Stage> {
  const origin = new URL(running.url).origin;
  for (const role of ROLES)
    await running.addUser({ name: `the ${role}`, password: PASSWORD, roles: [role], sources: [OBJECTS.own] });
  const everything = ['strategist', 'engineer'] as const satisfies Role[];
  await running.addUser({ name: 'both', password: PASSWORD, roles: [...everything], sources: ['*'] });
  const both = await signIn(origin, { name: 'both', password: PASSWORD });
  await running.addUser({ name: 'somebody', password: PASSWORD, roles: ['engineer'] });
  const batchOf = async (source: string) =>
    (await running.get<{ loads: { batchId: number }[] }>(`/loads?source=${source}`, { cookie: both })).body
      .loads[0]?.batchId ?? 0;
  const cookies = new Map<Caller, string>([['anonymous', '']]);
  return {
    api: running,
    batches: { own: await batchOf(OBJECTS.own), foreign: await batchOf(OBJECTS.foreign), missing: 999_999 },
    cookieOf: async (caller) => {
      const kept = cookies.get(caller);
      if (kept !== undefined) return kept;
      const cookie = await signIn(origin, { name: `the ${caller}`, password: PASSWORD });
      cookies.set(caller, cookie);
      return cookie;
    },
    forget: (caller) => {
      if (caller !== 'anonymous') cookies.delete(caller);
    },
    ofSomebody: async (path) => {
      const headers = { cookie: await signIn(origin, { name: 'somebody', password: PASSWORD }) };
      const { user } = (await running.get<Session>('/session', headers)).body;
      const filled = path.replace('{id}', user.id);
      const { sessions } = (await running.get<OwnSessionsAnswer>('/session/all', headers)).body;
      if (!path.includes('{tokenId}')) return filled.replace('{sessionId}', sessions[0]?.id ?? '');
      const token = { name: 'of the matrix', permissions: ['read-catalogue'], days: 1 };
      const made = (await running.send<MadeToken>('POST', '/tokens', token, headers)).body;
      return filled.replace('{tokenId}', made.token.id);
    },
    noteOf: async (kind) => {
      if (kind === 'missing') return '00000000-0000-4000-8000-000000000001';
      const note = { source: OBJECTS[kind], beltId: 'a', kind: 'other', day: '2024-01-01', text: 'x' };
      const headers = { cookie: both };
      return (await running.send<Annotation>('POST', '/annotations', note, headers)).body.id;
    },
  };
}

async function ask(stage: Stage, route: (typeof routes)[number], caller: Caller, kind: Kind) {
  const source = OBJECTS[kind];
  const named = (name: string) => route.operation.parameters?.some((one) => one.name === name) ?? false;
  const query = new URLSearchParams();
  if (named('source')) query.set('source', source);
  if (named('from') && named('to')) {
    query.set('from', '2024-02');
    query.set('to', '2024-03');
  }
  if (named('by')) query.set('by', 'belt');
  const isOfUser = route.path.startsWith('/users/{id}');
  const filled = (isOfUser ? await stage.ofSomebody(route.path) : route.path)
    .replace('{beltId}', 'a')
    .replace('{batchId}', String(stage.batches[kind]))
    .replace('{month}', '2024-02')
    .replace('{id}', route.path.startsWith('/annotations/') ? await stage.noteOf(kind) : 'x');
  const isNote = route.path.startsWith('/annotations');
  const body = isNote ? { source, beltId: 'a', kind: 'other', day: '2024-01-01', text: 'y' } : {};
  // Sessions are ended by some: those that others ask with stay.
  const changesSession = route.path.startsWith('/session') && route.method !== 'GET';
  const cookie =
    changesSession && caller !== 'anonymous'
      ? await signIn(new URL(stage.api.url).origin, { name: `the ${caller}`, password: PASSWORD })
      : await stage.cookieOf(caller);
  const answer = await stage.api.send<{ code?: string; requestId?: string }>(
    route.method,
    `${filled}${query.size > 0 ? `?${query.toString()}` : ''}`,
    route.operation.requestBody ? body : undefined,
    { ...(cookie === '' ? {} : { cookie }), 'if-match': '*' },
  );
  if (changesSession) stage.forget(caller);
  return { answer, addresses: named('source') || isNote || route.path.includes('{batchId}') };
}

function verdictOf({ status, body }: Answer<{ code?: string }>): string {
  if (status === 401 && body.code === 'not-signed-in') return '401';
  return status === 403 && body.code === 'forbidden' ? '403' : 'yes';
}
/** Without what differs at each request, and the name that was asked for, of which the id of a feed is made. */
const told = ({ status, body, headers }: Answer<{ requestId?: string }>, source: string) => {
  const text = typeof body === 'string' ? (body as string) : JSON.stringify({ ...body, requestId: '' });
  return {
    ...{ status, cache: headers.get('cache-control'), etag: headers.get('etag') },
    body: text.replaceAll(source, '*').replaceAll(/(?<=<feed[^>]*>\n<id>urn:uuid:)[0-9a-f-]{36}/g, '*'),
  };
};

/**
 * The matrix as a test, on an API of its own with settings of its own, whose figures come from what is named.
 * @returns that API, once the test has begun.
 */
export function matrix(name: string, environment: Record<string, string> = {}): () => RunningApi {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ signsIn: false, environment });
    const belts = [{ id: 'a', zh: 'a', en: 'a', province: '浙江省' }];
    const lines = randomLines({ seed: 3, orders: 600, belts: ['a'], firstDay: '2022-01-01', days: 1000 });
    for (const [source, version] of [
      [OBJECTS.own, 1],
      [OBJECTS.foreign, 2],
    ] as const) {
      await seedVersion(api.loader, { source, version, belts, lines, dataThrough: '2024-09-26' });
      // Refused, so it changes no figure.
      const values = [
        loadEvent(source, 10 + version, 1, 'landing'),
        loadEvent(source, 10 + version, 2, 'refused'),
      ];
      await api.loader.insert({ table: 'load_events', values, format: 'JSONEachRow' });
    }
  });
  afterAll(() => api?.close());

  test(`with figures from ${name}, everybody gets what the table says and no more`, async () => {
    const stage = await stageOn(api);
    const wrong: unknown[] = [];
    let [requests, hidden] = [0, 0];
    for (const route of routes) {
      const says = table.get(route.name) ?? [];
      for (const [column, caller] of COLUMNS.entries()) {
        const answers = new Map<Kind, Awaited<ReturnType<typeof ask>>>();
        for (const kind of Object.keys(OBJECTS) as Kind[]) {
          const asked = await ask(stage, route, caller, kind);
          answers.set(kind, asked);
          requests += 1;
          const verdict = verdictOf(asked.answer);
          if (verdict !== says[column] || asked.answer.status >= 500)
            wrong.push([route.name, caller, kind, asked.answer.status, asked.answer.body]);
          if (!asked.addresses) break;
        }
        const [foreign, missing] = [answers.get('foreign'), answers.get('missing')];
        if (!foreign || !missing) continue;
        hidden += 1;
        const [theirs, none] = [told(foreign.answer, OBJECTS.foreign), told(missing.answer, OBJECTS.missing)];
        if (route.path.includes('{')) {
          // Ids of what is there and what is not are of other lengths.
          theirs.body = theirs.body.replaceAll(/[0-9a-f-]{36}|\d{2,}/g, '*');
          none.body = none.body.replaceAll(/[0-9a-f-]{36}|\d{2,}/g, '*');
        }
        if (JSON.stringify(theirs) !== JSON.stringify(none)) wrong.push([route.name, caller, theirs, none]);
      }
    }
    process.stdout.write(
      `Access, figures from ${name}: ${requests} requests (${routes.length} routes × ${COLUMNS.length} callers × objects), ${hidden} pairs of what is not theirs and what is not there.\n`,
    );
    expect(wrong).toEqual([]);
    expect(requests).toBeGreaterThan(routes.length * COLUMNS.length);
  });
  return () => api;
}
