/**
 * How long the pages of indicators take: p50 and p95 over HTTP for one caller, as first asked of a data version, cold (the
 * series of the version are there, no answer is kept) and warm. A page asks its questions at the same time.
 * `npm run bench -- indicators [--lines 10000000] [--data <folder>]`. Loopback only, some minutes after the load.
 */
import type { BeltsAnswer, SourcesAnswer } from '@beltline/contract';
import { measure, pair, print, quantile } from './api-measure.ts';
import { printGround, withDemoApi } from './demo-api.ts';
import { pages } from './indicator-questions.ts';
import { quiet } from './quiet.ts';

/** Variations that cover every track that a page is asked for: after these, the version's series are there. */
const TRACKS = [0, 1, 2, 3, 4];

/** Runs the benchmark. */
export const benchIndicators = (args: readonly string[]): Promise<void> =>
  withDemoApi(args, async ({ asker, forget, processorMs }) => {
    const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
    const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
    printGround(sources[0]);
    print('Milliseconds, p50 p95, one caller. First: nothing of the data version has been computed yet.');
    print('Cold: another belt or track each time, no answer kept. Warm: the same again.');
    print();
    print(
      `${''.padEnd(30)}${['first', 'cold', 'warm'].map((name) => name.padStart(15)).join('')}${'first ÷ warm'.padStart(14)}`,
    );
    for (const page of pages(belts.map((belt) => belt.beltId))) {
      const ask = async (variation: number) => {
        const started = performance.now();
        await Promise.all(page.paths(variation).map((path) => asker.ask(path)));
        return performance.now() - started;
      };
      await ask(0); // compiled and read from disk once
      const first = await measure(
        1,
        { requests: 5, ms: 10_000 },
        () => ask(0),
        () => forget('version'),
      );
      for (const track of TRACKS) await ask(track);
      await quiet(processorMs); // states of a version that was just forgotten are made in the background
      const cold = await measure(
        1,
        { requests: 40, ms: 10_000 },
        (_, round) => ask(round),
        () => forget('answers'),
      );
      const warm = await measure(1, { requests: 100, ms: 3_000 }, () => ask(0));
      const ratio = `${(quantile(first, 0.5) / quantile(warm, 0.5)).toFixed(0)} ×`;
      print(
        `${page.name.padEnd(30)}${[first, cold, warm].map((times) => pair(times).padStart(15)).join('')}${ratio.padStart(14)}`,
      );
    }
  });
