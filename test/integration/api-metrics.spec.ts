/**
 * What Prometheus scrapes, and what it is scraped for: every series that the alerts and the dashboard in `docker/monitoring` name is
 * there, their expressions are PromQL, and a token of one permission and some sources reads no more than that.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import type { MadeToken } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const folder = new URL('../../docker/monitoring/', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}
interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}
const rules = (parse(text('alerts.yml')) as Alerts).groups.flatMap((group) => group.rules);
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...(JSON.parse(text('grafana-dashboard.json')) as Dashboard).panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => [title, expr] as const),
  ),
];

/** The names of series in an expression. @throws Error where it is no PromQL */
function seriesIn(expr: string): string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${expr}`);
      if (type.name === 'VectorSelector') names.push(/^\w+/.exec(expr.slice(from, to))?.[0] ?? '');
    },
  });
  return names;
}

let api: RunningApi;
/** A token of an engineer who may see one source of two, allowed to read metrics alone. */
let token: string;
let isAnswering = true;
beforeAll(async () => {
  api = await startApi({ answering: () => isAnswering });
  await seedVersion(api.loader, GOLDEN);
  await seedVersion(api.loader, { ...GOLDEN, source: 'other', version: GOLDEN.version + 1 });
  for (const source of [GOLDEN.source, 'other']) await load(source);
  const who = { name: 'nights', password: 'a long enough passphrase' };
  await api.addUser({ ...who, roles: ['engineer'], sources: [GOLDEN.source] });
  const cookie = await signIn(new URL(api.url).origin, who);
  const made = await api.send<MadeToken>(
    'POST',
    '/tokens',
    { name: 'prometheus', permissions: ['read-metrics'], days: 30 },
    { cookie },
  );
  token = made.body.secret;
});
afterAll(() => api?.close());

async function load(source: string): Promise<void> {
  const sides = { read: 10, loaded: 9, superseded: 0, rejected: 1, ignored: 0 };
  const counts = Object.fromEntries(
    Object.entries(sides).flatMap(([side, count]) => [
      [`${side}_lines`, count],
      [`${side}_quantity`, count],
      [`${side}_amount`, count],
    ]),
  );
  await api.loader.insert({
    table: 'load_events',
    values: [
      {
        ...{ batch_id: source === 'other' ? 2 : 1, event_no: 1, source, state: 'committed', ...counts },
        ...{ started_at: '2024-03-01 00:00:00', finished_at: '2024-03-01 00:00:10', message: '' },
      },
    ],
    format: 'JSONEachRow',
  });
}

const scraped = async () => {
  const { status, body, headers } = await api.get<string>('/metrics', {
    cookie: '',
    authorization: `Bearer ${token}`,
  });
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
  return body;
};
const valueOf = (body: string, series: string) =>
  body
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);

test.each(expressions)('%s asks PromQL of series that are told', async (_, expr) => {
  const body = await scraped();
  const told = new Set([...body.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const isTold = (name: string) => told.has(name) || told.has(name.replace(/_(bucket|count|sum)$/, ''));
  expect(seriesIn(expr).filter((name) => name !== 'up' && !isTold(name))).toEqual([]);
});

test('what is no PromQL would be found', () => {
  expect(() => seriesIn('sum(rate(x[5m]) > ')).toThrow('no PromQL');
  expect(seriesIn('sum(rate(a_b{c="d"}[5m])) / e')).toEqual(['a_b', 'e']);
});

test('of sources those of the caller alone, with what their latest load came to', async () => {
  const body = await scraped();
  expect(body).not.toContain('other');
  expect(valueOf(body, `beltline_data_version{source="golden"}`)).toBe(String(GOLDEN.version));
  expect(valueOf(body, `beltline_load_lines{source="golden",outcome="rejected"}`)).toBe('1');
  expect(valueOf(body, `beltline_load_state{source="golden",state="committed"}`)).toBe('1');
  expect(valueOf(body, `beltline_load_balanced{source="golden"}`)).toBe('1');
  expect(valueOf(body, `beltline_load_finished_timestamp_seconds{source="golden"}`)).toBe(
    String(Date.parse('2024-03-01T00:00:10Z') / 1000),
  );
  expect(valueOf(body, 'beltline_up{part="postgres"}')).toBe('1');
});

test('requests are counted by route, whatever was asked for', async () => {
  await api.get('/growth?from=2024-01&to=2024-02');
  for (const path of ['/../x', '/no-such-1', '/no-such-2', '//no-such-page']) await api.get(path);
  const body = await scraped();
  const count = 'beltline_http_request_duration_seconds_count';
  expect(Number(valueOf(body, `${count}{route="/api/v1/growth",method="GET",status="200"}`))).toBe(1);
  expect(body).not.toContain('no-such');
  expect(body).toMatch(
    /beltline_engine_question_duration_seconds_count\{query="[\w-]+",outcome="answered"\} \d/,
  );
});

test('it allows nothing else, and nobody without it', async () => {
  for (const path of ['/loads', '/sources', '/growth?from=2024-01&to=2024-02'])
    expect([path, (await api.get(path, { cookie: '', authorization: `Bearer ${token}` })).status]).toEqual([
      path,
      403,
    ]);
  expect((await api.get('/metrics', { cookie: '' })).status).toBe(401);
});

test('an engine that is gone is told, and hides nothing else', async () => {
  isAnswering = false;
  try {
    const body = await scraped();
    expect(valueOf(body, 'beltline_up{part="engine"}')).toBe('0');
    expect(valueOf(body, 'beltline_ready')).toBe('0');
    expect(valueOf(body, 'beltline_up{part="postgres"}')).toBe('1');
    expect(body).toMatch(/question_duration_seconds_count\{query="[\w-]+",outcome="unavailable"\}/);
    expect(body).not.toContain('beltline_data_version{');
  } finally {
    isAnswering = true;
  }
});

const promtool = spawnSync('promtool', ['--version']);
test.skipIf(promtool.error !== undefined)(
  'Prometheus itself takes the rules, and each is heard where it must be (promtool; skipped where it is not installed)',
  () => {
    for (const command of [
      ['check', 'rules', 'alerts.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', command, { cwd: folder, encoding: 'utf8' });
      expect([command.join(' '), status, status === 0 ? '' : stdout + stderr]).toEqual([
        command.join(' '),
        0,
        '',
      ]);
    }
  },
);
