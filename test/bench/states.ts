/**
 * How long it takes until states with their intervals and probabilities are there, of orders and GMV of all belts and the last 13 months, once for
 * a data version: asked at once in a program that has just been started and has read nothing of the version, again in the same one with everything
 * forgotten, and in one that is started later and finds them kept; what the API takes of the processor for it, its threads included; and how long a health check waits meanwhile.
 * `npm run bench -- states [--lines 10000000] [--data <folder>]`. Loopback only, a minute after the load.
 */
import type { SourcesAnswer, StateHistoryAnswer } from '@beltline/contract';
import { ms, print, quantile } from './api-measure.ts';
import { type DemoApi, printGround, withDemoApi } from './demo-api.ts';
import { livePings } from './live-ping.ts';
import { quiet } from './quiet.ts';

const MONTHS = 13;
const MEASURES = ['orders', 'gmv'];
const BAR_SECONDS = 5;
/** Milliseconds. */
const BAR_PING = 50;
const AGAIN = 3;

const path = (caller: number) =>
  `/recovery/states/history?months=${MONTHS}&measure=${MEASURES[caller % MEASURES.length]}`;

async function printTime(name: string, { asker, processorMs }: DemoApi): Promise<void> {
  const before = await processorMs();
  const started = performance.now();
  await Promise.all(MEASURES.map((_, caller) => asker.ask(path(caller))));
  const seconds = (performance.now() - started) / 1_000;
  const processor = ((await processorMs()) - before) / 1_000;
  const verdict = seconds <= BAR_SECONDS ? 'met' : 'missed';
  print(
    `${name.padEnd(24)}${seconds.toFixed(1).padStart(6)} s  bar ${BAR_SECONDS}, ${verdict}; processor ${processor.toFixed(1)} s`,
  );
}

async function printPings({ asker, forget }: DemoApi): Promise<void> {
  await forget('version');
  const pings = await livePings(asker, path, { callers: MEASURES.length, rounds: 1 });
  const [p95, most] = [quantile(pings, 0.95), pings.at(-1) ?? Number.NaN];
  print(
    `live ping meanwhile: ${ms(p95)} at p95, ${ms(most)} at most; bar ${BAR_PING}, ${p95 <= BAR_PING ? 'met' : 'missed'}`,
  );
}

/** Runs the benchmark. @throws Error where not all months are told. */
export async function benchStates(args: readonly string[]): Promise<void> {
  await withDemoApi(args, async (api) => {
    print(`States, levels and growth of all belts, ${MONTHS} months, ${MEASURES.join(' and ')}.`);
    await api.forget('version'); // a folder that was used before may have them
    await printTime('just started', api);
    const { sources } = JSON.parse(await api.asker.ask('/sources')) as SourcesAnswer;
    printGround(sources[0]);
    for (const caller of MEASURES.keys()) {
      const { months } = JSON.parse(await api.asker.ask(path(caller))) as StateHistoryAnswer;
      if (months.length !== MONTHS) throw new Error(`${months.length} months have states, not ${MONTHS}.`);
    }
    await quiet(api.processorMs);
    for (let round = 0; round < AGAIN; round++) {
      await api.forget('version');
      await printTime('everything forgotten', api);
    }
    await printPings(api);
    await quiet(api.processorMs);
  });
  await withDemoApi(args, (api) => printTime('started again', api));
}
