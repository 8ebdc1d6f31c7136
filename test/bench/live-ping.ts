/** How long a trivial request waits while many callers ask for what takes the most arithmetic. */
import type { Asker, Times } from './api-measure.ts';

const LEVELS = ['belt', 'city', 'province', 'category'];
const TRACKS = ['all', 'distribution', 'cross-border', 'custom', 'wholesale', 'offline', 'factory-brand'];
const PAUSE_MS = 3;

/** The heaviest questions, another one for each number. */
export function heavyPaths(belts: readonly string[]): (number: number) => string {
  const pick = (from: readonly string[], number: number) =>
    encodeURIComponent(from[number % from.length] ?? '');
  const level = (number: number) => pick(LEVELS, Math.floor(number / TRACKS.length));
  return (number) => {
    const n = Math.floor(number / 4);
    const paths = [
      `/recovery/clock?months=60&track=${pick(TRACKS, n)}&level=${level(n)}`,
      `/recovery/states?track=${pick(TRACKS, n)}&level=${level(n)}`,
      `/recovery?belt=${pick(belts, n)}&track=${pick(TRACKS, n)}`,
      `/nowcast/backtest?belt=${pick(belts, n)}`,
    ];
    return paths[number % paths.length] ?? '';
  };
}

/** Times of `/health/live`, asked without end beside callers who each ask `rounds` questions, sorted. */
export async function livePings(
  asker: Asker,
  path: (number: number) => string,
  { callers, rounds }: { readonly callers: number; readonly rounds: number },
): Promise<Times> {
  const times: number[] = [];
  let done = false;
  const ping = async () => {
    while (!done) {
      times.push(await asker.time('/health/live'));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const call = async (caller: number) => {
    for (let round = 0; round < rounds; round += 1) await asker.ask(path(caller + round * callers));
  };
  const pinging = ping();
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller))).finally(
    () => (done = true),
  );
  await pinging;
  return times.sort((a, b) => a - b);
}
