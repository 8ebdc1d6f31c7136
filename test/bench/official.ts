/**
 * What an official's page costs beside a strategist's: all that each page asks of the API, one question after the other, over HTTP and by cookie, in turns within one run.
 * The official's is the page _Regions_ with the latest released month; the strategist's is the overview, whose answers are kept in memory. The
 * same page asked by the strategist, for whom it has every belt, stands beside. `npm run bench -- official [--lines 100000] [--data <folder>]`: the first run releases two months.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReleasesAnswer, SourcesAnswer } from '@beltline/contract';
import { Asker, ms, print, quantile } from './api-measure.ts';
import { printGround, withDemoApi } from './demo-api.ts';

const ROUNDS = 200;
/** Milliseconds that an official's page may take more than a strategist's. */
const BAR = 10;
const ZHEJIANG = '33';
/** The latest, and its neighbour: January and February have one rate. */
const MONTHS = 2;

/** Runs the benchmark. */
export const benchOfficial = (args: readonly string[]): Promise<void> =>
  withDemoApi(
    args.includes('--lines') ? args : ['--lines', '100000', ...args],
    async (api) => {
      const { sources } = JSON.parse(await api.asker.ask('/sources')) as SourcesAnswer;
      printGround(sources[0]);
      const askers = {
        official: new Asker(api.origin, { cookie: await api.addUser('official', [ZHEJIANG]) }),
        strategist: new Asker(api.origin, { cookie: await api.addUser('strategist') }),
      };
      await api.startReleases();
      const month = await untilReleased(askers.official);
      const last = (sources[0]?.dataThrough ?? '').slice(0, 7);
      const compared = `source=demo&from=${last.slice(0, 4)}-01&to=${last}`;
      const region = ['/releases?source=demo', `/releases/${month}?source=demo`];
      const overview = [
        '/belts?source=demo',
        `/growth?${compared}`,
        `/growth/by-belt?${compared}&measure=gmv&limit=1000`,
      ];
      const pages = {
        'overview of the strategist': [askers.strategist, overview],
        'region of the official': [askers.official, region],
        'region of the strategist': [askers.strategist, region],
      } as const;
      const names = Object.keys(pages) as (keyof typeof pages)[];
      const times = new Map(names.map((name) => [name, [] as number[]]));
      const processor = new Map(names.map((name) => [name, 0]));
      const bytes = new Map<string, number>();
      for (let round = -3; round < ROUNDS; round += 1) {
        // Each in another place of each round, so that what a machine does meanwhile falls on all alike.
        for (let turn = 0; turn < names.length; turn += 1) {
          const name = names[(turn + round + 3) % names.length] as keyof typeof pages;
          const [asker, paths] = pages[name];
          const before = await api.processorMs();
          const begun = performance.now();
          let size = 0;
          for (const path of paths) size += (await asker.ask(path)).length;
          const taken = performance.now() - begun;
          const spent = (await api.processorMs()) - before;
          bytes.set(name, size);
          if (round < 0) continue; // compiled, connections opened, answers kept
          times.get(name)?.push(taken);
          processor.set(name, (processor.get(name) ?? 0) + spent);
        }
      }
      print(
        `${ROUNDS} pages each, one caller, ${month}; the bar is ${BAR} ms more than the strategist's overview.`,
      );
      print(
        `${''.padEnd(28)}${'p50 p95 (ms)'.padStart(15)}${'processor (ms)'.padStart(16)}${'kB'.padStart(8)}`,
      );
      const sorted = (name: keyof typeof pages) => (times.get(name) ?? []).toSorted((a, b) => a - b);
      for (const name of names) {
        const [p50, p95] = [quantile(sorted(name), 0.5), quantile(sorted(name), 0.95)];
        const each = (processor.get(name) ?? 0) / ROUNDS;
        const size = ((bytes.get(name) ?? 0) / 1_000).toFixed(0);
        print(
          `${name.padEnd(28)}${`${ms(p50)} ${ms(p95)}`.padStart(15)}${ms(each).padStart(16)}${size.padStart(8)}`,
        );
      }
      const more = (of: (name: keyof typeof pages) => number) =>
        of('region of the official') - of('overview of the strategist');
      const spent = more((name) => (processor.get(name) ?? 0) / ROUNDS);
      const waited = more((name) => quantile(sorted(name), 0.5));
      // Whoever else works on the machine is in the times, and not in what the processor did.
      print(
        `more: ${ms(spent)} ms of the processor, ${spent <= BAR ? 'met' : 'missed'}; ${ms(waited)} ms at p50`,
      );
      for (const asker of Object.values(askers)) asker.close();
    },
    { BELTLINE_RELEASE_MONTHS: String(MONTHS) },
  );

/** @returns the latest month that is released, once none is missing */
async function untilReleased(asker: Asker): Promise<string> {
  for (;;) {
    const { releases, progress } = JSON.parse(await asker.ask('/releases?source=demo')) as ReleasesAnswer;
    const [latest] = releases;
    if (progress.made + progress.refused >= progress.of && latest) return latest.month;
    await sleep(1_000);
  }
}
