import type { Belt } from '@beltline/contract';
import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { holdAnswers } from '../../api/held-answers.fixture.ts';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { readArea } from './area-route.ts';
import { useKnownArea } from './useKnownArea.ts';

let held: ReturnType<typeof holdAnswers>;
let scope: EffectScope;
beforeEach(() => {
  held = holdAnswers();
  scope = effectScope();
});
afterEach(() => scope.stop());

const belts = (...provinces: string[]) => ({ belts: provinces.map((province) => ({ province }) as Belt) });
function page(first: Record<string, string>, source: string) {
  const params = ref(first);
  const known = scope.run(() =>
    useKnownArea(
      () => readArea(params.value),
      () => source,
    ),
  );
  if (!known) throw new Error('the scope has ended');
  return { params, seen: () => [known.area.value, known.missing.value], error: known.belts.error };
}

it('is the nation at once, without asking', () => {
  const { seen } = page({}, 'one');
  expect(seen()).toEqual([{}, false]);
  expect(held.asked).toEqual([]);
});

it('is known by its belts, asked for once', async () => {
  const { params, seen } = page({ province: '浙江省' }, 'two');
  expect(seen()).toEqual([null, false]);
  await held.answer('/belts?source=two', belts('浙江省', '广东省'));
  expect(seen()).toEqual([{ province: '浙江省' }, false]);

  params.value = { province: 'nowhere' };
  await nextTick();
  expect(seen()).toEqual([null, true]);
  params.value = { province: '广东省' };
  await nextTick();
  expect(seen()).toEqual([{ province: '广东省' }, false]);
  expect(held.asked).toEqual(['/belts?source=two']);
});

it('is known at once by a remembered list, and not said to be missing before that is asked again', async () => {
  page({ province: '浙江省' }, 'three');
  await held.answer('/belts?source=three', belts('浙江省'));
  expect(page({ province: '浙江省' }, 'three').seen()).toEqual([{ province: '浙江省' }, false]);

  const { seen } = page({ province: '福建省' }, 'three');
  expect(seen()).toEqual([null, false]);
  await held.answer('/belts?source=three', belts('浙江省', '福建省'));
  expect(seen()).toEqual([{ province: '福建省' }, false]);
});

it('is not missing where the list cannot be had', async () => {
  const { seen, error } = page({ province: '浙江省' }, 'four');
  await held.refuse('/belts?source=four', 503, 'engine-unavailable');
  expect([...seen(), error.value?.code]).toEqual([null, false, 'engine-unavailable']);
});

it('is not missing by a list that could not be had again: the area may be newer', async () => {
  page({ province: '浙江省' }, 'five');
  await held.answer('/belts?source=five', belts('浙江省'));
  const { seen, error } = page({ province: '福建省' }, 'five');
  await held.refuse('/belts?source=five', 503, 'engine-unavailable');
  expect([...seen(), error.value?.code]).toEqual([null, false, 'engine-unavailable']);
});

it('stays known while a newer version of the data is asked for, until it has no belts', async () => {
  const meta = (dataVersion: number) => ({ meta: { source: 'newer-area', dataVersion } });
  const { seen } = page({ province: '浙江省' }, 'newer-area');
  await held.answer('/belts?source=newer-area', { ...meta(1), ...belts('浙江省') });
  expect(seen()).toEqual([{ province: '浙江省' }, false]);
  scope.run(() => useQuery(() => questions.loads({ source: 'newer-area', limit: 1 })));
  await held.answer('/loads?source=newer-area&limit=1', meta(2));
  expect(seen()).toEqual([{ province: '浙江省' }, false]);
  await held.answer('/belts?source=newer-area', { ...meta(2), ...belts('广东省') });
  expect(seen()).toEqual([null, true]);
});
