import { whenSettled } from './when-settled.ts';

/** A page on which something waits at the given looks. */
function page(isWaiting: (look: number) => boolean) {
  let look = 0;
  const root = { querySelector: () => (isWaiting(look++) ? ({} as Element) : null) };
  return { root, looks: () => look };
}
const atOnce = () => Promise.resolve();

it('goes on once nothing has been waiting for a while, and not in a gap between two questions', async () => {
  const { root, looks } = page((look) => look < 4 || look === 5);
  expect(await whenSettled(root, 10_000, atOnce)).toBe(true);
  expect(looks()).toBe(9);
});

it('gives up after its time, and says so', async () => {
  expect(await whenSettled(page(() => true).root, 1_000, atOnce)).toBe(false);
});
