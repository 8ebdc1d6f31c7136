import { vi } from 'vitest';
import type { Vintage } from '../data/versions/vintage.ts';
import type { VintageService } from '../data/versions/vintage.service.ts';
import type { BuyerFactsService } from './buyer-facts.service.ts';
import type { PeerQuartersService } from './peer-quarters.service.ts';
import { PeersAhead } from './peers-ahead.service.ts';
import type { TurnoverService } from './turnover.service.ts';

const QUARTERS = ['2024-Q4', '2024-Q3', '2024-Q2'];
/** Of each version the three quarters are told as of itself. */
function started({ fails = false } = {}) {
  const done: string[] = [];
  let tell: (vintage: Vintage) => void = () => undefined;
  const note = (what: string) => {
    done.push(what);
    if (fails) throw new Error('the engine is gone');
  };
  const peers = {
    frozen: async ({ dataVersion }: Vintage) =>
      QUARTERS.map((quarter) => ({ quarter, version: dataVersion, whole: new Set(QUARTERS) })),
    of: async ({ dataVersion }: Vintage) => note(`groups of ${dataVersion}`),
    hides: async ({ dataVersion }: Vintage, { quarter }: { quarter: string }) =>
      note(`trend of ${dataVersion}: ${quarter}`),
  };
  const buyers = {
    of: async (_: Vintage, { dataVersion }: Vintage, { quarter }: { quarter: string }) =>
      note(`lines of ${dataVersion}: ${quarter}`),
  };
  const ahead = new PeersAhead(
    peers as unknown as PeerQuartersService,
    buyers as unknown as BuyerFactsService,
    { of: async () => null } as unknown as TurnoverService,
    { onNew: (listener: typeof tell) => (tell = listener) } as unknown as VintageService,
  );
  const see = (dataVersion: number, source = 'demo') => tell({ source, dataVersion } as Vintage);
  return { ahead, done, see };
}
/** Goes on by so many seconds, with all that is to be done in them. */
async function pass(seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 4; step++) {
    await vi.advanceTimersByTimeAsync(250);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

test('lines are read of every version, however soon the next one comes; groups are made of the newest alone', async () => {
  const { done, see } = started();
  see(1);
  await pass(2);
  see(2);
  await pass(2);
  expect(done).toEqual(['1', '2'].flatMap((of) => [`lines of ${of}: 2024-Q4`, `lines of ${of}: 2024-Q3`]));
  await pass(40);
  expect(done.slice(4)).toEqual(['groups of 2', 'trend of 2: 2024-Q3', 'trend of 2: 2024-Q2']);
});

test('sources do not take each other’s turn', async () => {
  const { done, see } = started();
  see(1, 'demo');
  see(2, 'olist');
  await pass(40);
  expect(done.filter((what) => what.startsWith('groups'))).toEqual(['groups of 1', 'groups of 2']);
});

test('what fails is not told here, and the end of the program ends it', async () => {
  const failing = started({ fails: true });
  failing.see(1);
  await pass(40);
  expect(failing.done).toEqual(['lines of 1: 2024-Q4', 'groups of 1']);
  const { ahead, done, see } = started();
  see(1);
  ahead.onModuleDestroy();
  await pass(40);
  expect(done).toEqual([]);
});
