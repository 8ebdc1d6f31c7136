/**
 * How long a merchant waits for their own page (`GET /benchmark`): the first of all, who waits for the groups of the quarter; others after
 * that, each for the first time; and 32 at a time who come again; and the first of a program that is started again. `npm run bench -- standing [--lines 10000000] [--data <folder>]`.
 */
import type { BenchmarkAnswer, SourcesAnswer } from '@beltline/contract';
import { findRunningEngine, openEngine } from '@beltline/sql/engine';
import { Asker, measure, ms, pair, print, quantile } from './api-measure.ts';
import { printGround, withDemoApi } from './demo-api.ts';

const CALLERS = 32;
const MERCHANTS = 64;
/** Milliseconds that it may take at p95: whoever comes for the first time, alone, and many who come again. */
const BARS = { cold: 100, warm: 150 } as const;

/** Owners who sold something, spread over all of them, in the order of their hashes: whoever they are, the same each time. */
async function someOwners(dataDir: string): Promise<string[]> {
  const running = await findRunningEngine(dataDir);
  if (!running) throw new Error('The engine has ended.');
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'load' });
  const client = engine.client('reader');
  try {
    const result = await client.query({
      query: `SELECT owner_id FROM rollup_merchant_month WHERE source = 'demo' GROUP BY owner_id ORDER BY sipHash64(owner_id) LIMIT ${MERCHANTS}`,
      format: 'JSONEachRow',
    });
    return (await result.json<{ owner_id: string }>()).map(({ owner_id: owner }) => owner);
  } finally {
    await client.close();
    await engine.close();
  }
}

const judged = (times: readonly number[], bar: number) =>
  `${pair(times)}  max ${ms(times.at(-1) ?? Number.NaN)}  bar ${bar} at p95, ${quantile(times, 0.95) <= bar ? 'met' : 'missed'}`;

/** Runs the benchmark. */
export async function benchStanding(args: readonly string[]): Promise<void> {
  await withDemoApi(args, async ({ asker, origin, dataDir, forget, addMerchants, processorMs }) => {
    const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
    printGround(sources[0]);
    const cookies = await addMerchants(await someOwners(dataDir));
    const merchants = cookies.map((cookie) => new Asker(origin, { cookie }));
    const of = (at: number) => merchants[at % merchants.length] as Asker;
    const [one] = merchants;
    if (!one) throw new Error('There is nobody to ask.');
    const answer = JSON.parse(await one.ask('/benchmark')) as BenchmarkAnswer;
    print(`${answer.measures.length} measures; milliseconds, p50 p95.`);
    for (const quarter of answer.quarters.slice(0, 3)) {
      await forget('version');
      const [spent, started] = [await processorMs(), performance.now()];
      await one.ask(`/benchmark?quarter=${quarter}`);
      const taken = performance.now() - started;
      print(
        `groups of ${quarter} made anew: ${ms(taken)}, of the API's processor ${ms((await processorMs()) - spent)}`,
      );
    }
    await one.ask('/benchmark');
    // What asks no database of figures: how much of a time is the machine's, and who else uses it.
    const control = await measure(1, { requests: MERCHANTS, ms: 30_000 }, (_, round) =>
      of(round).time('/session'),
    );
    print(`${'beside it: who is signed in, 1 caller'.padEnd(40)}${pair(control)}`);
    const unasked = await processorMs();
    const first = await measure(1, { requests: MERCHANTS, ms: 30_000 }, (_, round) =>
      of(round).time('/benchmark'),
    );
    print(`${'first of each, 1 caller'.padEnd(40)}${judged(first, BARS.cold)}`);
    print(
      `${'of the API’s processor for each of these'.padEnd(40)}${ms(((await processorMs()) - unasked) / first.length)}`,
    );
    const cold = await measure(
      1,
      { requests: MERCHANTS, ms: 30_000 },
      (_, round) => of(round).time('/benchmark'),
      () => forget('answers'),
    );
    const many = await measure(
      CALLERS,
      { requests: 4 * CALLERS, ms: 30_000 },
      (caller, round) => of(caller + CALLERS * (round % 2)).time('/benchmark'),
      () => forget('answers'),
    );
    print(`${`no answer kept, ${CALLERS} callers`.padEnd(40)}${pair(many)}`);
    print(`${'no answer kept, 1 caller'.padEnd(40)}${judged(cold, BARS.cold)}`);
    await measure(CALLERS, { requests: 2 * CALLERS, ms: 30_000 }, (caller, round) =>
      of(caller + CALLERS * round).time('/benchmark'),
    );
    const before = await processorMs();
    const warm = await measure(CALLERS, { requests: 30 * CALLERS, ms: 10_000 }, (caller, round) =>
      of(caller + CALLERS * (round % 2)).time('/benchmark'),
    );
    print(`${`again, ${CALLERS} callers`.padEnd(40)}${judged(warm, BARS.warm)}`);
    const each = ((await processorMs()) - before) / warm.length;
    // What others on the machine do makes all times longer, and this one not.
    print(`${'of the API’s processor for each of these'.padEnd(40)}${ms(each)}`);
    for (const merchant of merchants) merchant.close();
  });
  await withDemoApi(args, async ({ origin, dataDir, addMerchants }) => {
    const [cookie = ''] = await addMerchants((await someOwners(dataDir)).slice(0, 1));
    const merchant = new Asker(origin, { cookie });
    print(`${'first page of a program started again'.padEnd(40)}${ms(await merchant.time('/benchmark'))}`);
    merchant.close();
  });
}
