/**
 * What it costs to know who asks: one cheap route that anybody may ask (`/session/ways`, which asks no database here), by nobody, by a session's
 * cookie and by a token, 32 at a time, in turns within one run. The difference is what the guard takes: reading the cookie or token,
 * finding whose it is, the limits, and the turn. `npm run bench -- door [--lines 100000] [--data <folder>]`; with `DATABASE_URL` over that
 * server, which is asked at each request.
 */
import type { MadeToken, SourcesAnswer } from '@beltline/contract';
import { Asker, measure, ms, pair, print, quantile } from './api-measure.ts';
import { type DemoApi, printGround, withDemoApi } from './demo-api.ts';

const CALLERS = 32;
const ROUNDS = 48;
const REQUESTS = 40 * CALLERS;
const PATH = '/session/ways';
/** Milliseconds that it may take at p95, warm. */
const BAR = 2;

/** A token that may do one thing; what it may do is looked up alike. */
async function tokenOf({ origin, cookie }: DemoApi): Promise<string> {
  const response = await fetch(`${origin}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin },
    body: JSON.stringify({ name: 'bench', permissions: ['read-catalogue'], days: 1 }),
  });
  const { secret, token } = (await response.json()) as MadeToken;
  if (secret === undefined) throw new Error(`No token was made: ${response.status}`);
  tokens.push(token.id);
  return secret;
}
const tokens: string[] = [];

/** Runs the benchmark. */
export const benchDoor = (args: readonly string[]): Promise<void> =>
  withDemoApi(
    args.includes('--lines') ? args : ['--lines', '100000', ...args],
    async (api) => {
      const { sources } = JSON.parse(await api.asker.ask('/sources')) as SourcesAnswer;
      printGround(sources[0]);
      const ways = {
        nobody: new Asker(api.origin, {}),
        cookie: new Asker(api.origin, { cookie: api.cookie }),
        token: new Asker(api.origin, { authorization: `Bearer ${await tokenOf(api)}` }),
      };
      const names = Object.keys(ways) as (keyof typeof ways)[];
      const times = new Map(names.map((name) => [name, [] as number[]]));
      const processor = new Map(names.map((name) => [name, 0]));
      for (let round = -1; round < ROUNDS; round += 1) {
        // Each in another place of each round, so that what a machine does meanwhile falls on all alike.
        for (let turn = 0; turn < names.length; turn += 1) {
          const name = names[(turn + round + 1) % names.length] as keyof typeof ways;
          const before = await api.processorMs();
          const taken = await measure(CALLERS, { requests: REQUESTS, ms: 60_000 }, () =>
            ways[name].time(PATH),
          );
          const spent = (await api.processorMs()) - before;
          if (round < 0) continue; // compiled, and connections opened
          times.get(name)?.push(...taken);
          processor.set(name, (processor.get(name) ?? 0) + spent);
        }
      }
      print(`${PATH}, ${CALLERS} callers at a time, ${ROUNDS * REQUESTS} requests each way.`);
      print(
        `${''.padEnd(12)}${'p50 p95 (ms)'.padStart(15)}${'more, p50 p95'.padStart(16)}${'processor (ms)'.padStart(16)}`,
      );
      const sorted = (name: keyof typeof ways) => (times.get(name) ?? []).toSorted((a, b) => a - b);
      const nobodys = sorted('nobody');
      for (const name of names) {
        const own = sorted(name);
        const more = [0.5, 0.95].map((share) => quantile(own, share) - quantile(nobodys, share));
        const each = (processor.get(name) ?? 0) / (ROUNDS * REQUESTS);
        const judged = (more[1] ?? Number.NaN) <= BAR ? 'met' : 'missed';
        const [said, bar] =
          name === 'nobody' ? ['', ''] : [more.map(ms).join(' '), `  bar ${BAR} at p95, ${judged}`];
        print(
          `${name.padEnd(12)}${pair(own).padStart(15)}${said.padStart(16)}${each.toFixed(3).padStart(16)}${bar}`,
        );
      }
      const headers = { cookie: api.cookie, origin: api.origin };
      for (const id of tokens)
        await fetch(`${api.origin}/api/v1/tokens/${id}`, { method: 'DELETE', headers });
      for (const asker of Object.values(ways)) asker.close();
    },
    { BELTLINE_DEMO: 'off' },
  );
