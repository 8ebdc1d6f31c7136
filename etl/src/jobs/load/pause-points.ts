/**
 * Where tests kill a load. With `BELTLINE_ETL_PAUSE_AT=<point>` the job prints `paused at <point>` when it gets there and
 * waits to be killed; without it, nothing happens.
 */
export const PAUSE_POINTS = [
  'opened',
  'landed',
  'dimensions',
  'staged',
  'planned',
  'decided',
  'attached-one',
  'attached',
  'published-dimensions',
  'rolled-up-one',
  'rolled-up',
  'verified',
  'committed',
  'journalled',
] as const;
export type PausePoint = (typeof PAUSE_POINTS)[number];

/** Goes on when the program is asked to stop, so that tests can also do that here; and at SIGUSR2, as if nothing had been. */
export async function pausePoint(point: PausePoint): Promise<void> {
  if (process.env['BELTLINE_ETL_PAUSE_AT'] !== point) return;
  delete process.env['BELTLINE_ETL_PAUSE_AT']; // once: some points are passed several times, at the same time too
  const asked = new Promise<void>((resolve) => {
    const alive = setInterval(() => undefined, 60_000); // a promise alone keeps no process alive
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const) {
      process.once(signal, () => {
        clearInterval(alive);
        resolve();
      });
    }
  });
  process.stderr.write(`paused at ${point}\n`); // only now: who reads it may send the signal at once
  await asked;
}
