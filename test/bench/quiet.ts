import { setTimeout as sleep } from 'node:timers/promises';

/** Until next to nothing is done any more, for a minute at most: what is made of a new version in the background would be measured too. */
export async function quiet(processorMs: () => Promise<number>): Promise<void> {
  const end = performance.now() + 60_000;
  for (let before = await processorMs(), still = 0; still < 3 && performance.now() < end;) {
    await sleep(500);
    const now = await processorMs();
    still = now - before < 60 ? still + 1 : 0;
    before = now;
  }
}
