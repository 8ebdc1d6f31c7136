/** What says that it is still on its way: a panel that waits for its answer, a chart that is not drawn yet. */
const WAITING = '[aria-busy="true"]';
const STEP_MS = 100;
/** So many looks in a row must find nothing waiting: an answer may ask a further question. */
const QUIET_LOOKS = 3;

/**
 * Waits until nothing in `root` is on its way.
 * @returns false where something still is after `timeout` milliseconds
 */
export async function whenSettled(
  root: Pick<ParentNode, 'querySelector'>,
  timeout = 30_000,
  sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<boolean> {
  let quiet = 0;
  for (let waited = 0; waited < timeout; waited += STEP_MS) {
    quiet = root.querySelector(WAITING) === null ? quiet + 1 : 0;
    if (quiet >= QUIET_LOOKS) return true;
    await sleep(STEP_MS);
  }
  return false;
}
