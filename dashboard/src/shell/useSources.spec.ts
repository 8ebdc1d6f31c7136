import { vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { startSources } from './useSources.ts';

/** A page as far as this looks at it. */
const page = {
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  document: {
    visibilityState: 'visible',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  },
};
const LOADING = { live: true, ready: false, checks: { data: 'loading' }, dataVersion: null };

let scope: EffectScope;
let asked: { path: string; resolve: (response: Response) => void }[];
/** Waits for the next round, which never ends here. */
let rounds: number;

beforeEach(() => {
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page.document);
  scope = effectScope();
  [asked, rounds] = [[], 0];
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>((input) => new Promise((resolve) => asked.push({ path: String(input), resolve }))),
  );
  const real = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
    if (ms !== 2_000) return real(run, ms);
    rounds += 1;
    return undefined;
  }) as unknown as typeof setTimeout);
});
afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
});

/** Answers whatever has been asked of a path and not been answered. */
async function answer(path: string, body: unknown): Promise<number> {
  const meant = asked.filter((one) => one.path === `/api/v1${path}`);
  asked = asked.filter((one) => !meant.includes(one));
  for (const { resolve } of meant) resolve(new Response(JSON.stringify(body)));
  await new Promise((resolve) => setImmediate(resolve));
  return meant.length;
}

function started() {
  const sources = scope.run(startSources);
  if (!sources) throw new Error('the scope has ended');
  return sources;
}

it('waits for the first orders in one round at a time, however often it was asked meanwhile', async () => {
  const { reload } = started();
  await answer('/sources', { sources: [] });
  reload(); // as by a page that comes back into view while the health is asked
  await answer('/sources', { sources: [] });
  expect(await answer('/health', LOADING)).toBe(2);
  expect(rounds).toBe(1);
});

it('asks nothing more once it has ended', async () => {
  started();
  await answer('/sources', { sources: [] });
  scope.stop();
  expect(await answer('/health', LOADING)).toBeGreaterThan(0);
  expect(rounds).toBe(0);
});
