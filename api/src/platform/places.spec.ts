import { Places } from './places.ts';

it('lets so many in at once, the others in their order, and gives a place back also after a failure', async () => {
  const places = new Places(2);
  const begun: number[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const work = (n: number) =>
    places.take(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(n);
          ends[n] = (fails) => (fails ? reject(new Error('no')) : resolve(n));
        }),
    );
  const all = Promise.allSettled([0, 1, 2, 3, 4].map(work));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  expect(begun).toEqual([0, 1]);
  ends[1]?.(true);
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.(false);
  ends[2]?.(false);
  await settle();
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  ends[3]?.(false);
  ends[4]?.(false);
  expect((await all).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    ...Array<string>(3).fill('fulfilled'),
  ]);
  await expect(places.take(async () => 'free')).resolves.toBe('free');
});
