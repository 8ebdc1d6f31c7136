import { remembered, rememberedBy, rememberedOf } from './remembered.ts';

test('what was given is given again, until too much is known', () => {
  const asked: number[] = [];
  const twice = remembered((number: number) => {
    asked.push(number);
    return { twice: 2 * number };
  }, 2);
  expect(twice(1)).toBe(twice(1));
  expect([twice(2).twice, twice(3).twice, twice(1).twice]).toEqual([4, 6, 2]);
  expect(asked).toEqual([1, 2, 3, 1]);
});

test('of objects it goes by which one it is, and remembers also that there is nothing', () => {
  let asked = 0;
  const nothing = rememberedOf((_: { readonly day: string }) => void (asked += 1));
  const [one, other] = [{ day: '2024-01-01' }, { day: '2024-01-01' }];
  for (const key of [one, other, one]) expect(nothing(key)).toBeUndefined();
  expect(asked).toBe(2);
});

test('of what is made anew around an object, by that object', () => {
  const version = { no: 1 };
  let asked = 0;
  const described = rememberedBy(
    ({ version }: { readonly version: { no: number }; readonly viewer: string }) => version,
    ({ version: { no } }) => ({ no, asked: (asked += 1) }),
  );
  expect(described({ version, viewer: 'a' })).toBe(described({ version, viewer: 'b' }));
  expect(described({ version: { no: 1 }, viewer: 'a' }).asked).toBe(2);
});
