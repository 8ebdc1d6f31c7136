/**
 * How long it takes until states with their intervals and probabilities are there, of orders and GMV of all belts and the last 13 months, once for
 * a data version: asked at once in a program that has just been started and has read nothing of the version, and again in the same one with everything
 * forgotten. Beside it how long a health check waits meanwhile, and what the API takes of the processor.
 * `npm run bench -- states [--lines 10000000] [--data <folder>]`. Loopback only, half a minute after the load.
 */
import type { SourcesAnswer, StateHistoryAnswer } from '@beltline/contract';
import { ms, print, quantile } from './api-measure.ts';
import { type DemoApi, printGround, withDemoApi } from './demo-api.ts';
import { livePings } from './live-ping.ts';
import { quiet } from './quiet.ts';

const MONTHS = 13;
const MEASURES = ['orders', 'gmv'];
const BAR_SECONDS = 5;
const AGAIN = 4;

const path = (caller: number) =>
  `/recovery/states/history?months=${MONTHS}&measure=${MEASURES[caller % MEASURES.length]}`;

async function timed({ asker, processorMs }: Pick<DemoApi, 'asker' | 'processorMs'>) {
  const before = await processorMs();
  const started = performance.now();
  const pings = await livePings(asker, path, { callers: MEASURES.length, rounds: 1 });
  const seconds = (performance.now() - started) / 1_000;
  return { seconds, pings, processor: ((await processorMs()) - before) / 1_000 };
}

function printRow(name: string, { seconds, pings, processor }: Awaited<ReturnType<typeof timed>>): void {
  const verdict = seconds <= BAR_SECONDS ? 'met' : 'missed';
  const waits = `ping ${ms(quantile(pings, 0.95))} p95, ${ms(pings.at(-1) ?? Number.NaN)} at most`;
  print(
    `${name.padEnd(24)}${seconds.toFixed(1).padStart(6)} s  ${waits}  processor ${processor.toFixed(1)} s  bar ${BAR_SECONDS} s, ${verdict}`,
  );
}

/** Runs the benchmark. @throws Error where not all months are told. */
export const benchStates = (args: readonly string[]): Promise<void> =>
  withDemoApi(args, async ({ asker, forget, processorMs }) => {
    const first = await timed({ asker, processorMs });
    const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
    printGround(sources[0]);
    print(
      `States, levels and growth of all belts, ${MONTHS} months, ${MEASURES.join(' and ')}; pings in milliseconds.`,
    );
    for (const caller of MEASURES.keys()) {
      const { months } = JSON.parse(await asker.ask(path(caller))) as StateHistoryAnswer;
      if (months.length !== MONTHS) throw new Error(`${months.length} months have states, not ${MONTHS}.`);
    }
    printRow('just started', first);
    await quiet(processorMs);
    for (let round = 0; round < AGAIN; round++) {
      await forget('version');
      printRow('everything forgotten', await timed({ asker, processorMs }));
    }
  });
