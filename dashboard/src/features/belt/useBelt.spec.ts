import type { Belt } from '@beltline/contract';
import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { holdAnswers } from '../../api/held-answers.fixture.ts';
import { questions } from '../../api/questions.ts';
import { useQuery } from '../../api/useQuery.ts';
import { useBelt } from './useBelt.ts';

let held: ReturnType<typeof holdAnswers>;
let scope: EffectScope;
beforeEach(() => {
  held = holdAnswers();
  scope = effectScope();
});
afterEach(() => scope.stop());

const belt = (beltId: string) => ({ beltId }) as Belt;
const run = <A>(made: () => A): A => scope.run(made) as A;
const page = (beltId: () => string, source = 'demo') => {
  const known = run(() => useBelt(beltId, () => source));
  return { ...known, seen: () => [known.belt.value?.beltId ?? null, known.missing.value] };
};

it('knows a belt by its answer, and one that there is not by the refusal', async () => {
  const id = ref('B001');
  const { seen } = page(() => id.value);
  expect(seen()).toEqual([null, false]);
  await held.answer('/belts/B001?source=demo', { belt: belt('B001') });
  expect(seen()).toEqual(['B001', false]);

  id.value = 'NOPE';
  await nextTick();
  expect(seen()).toEqual([null, false]);
  await held.refuse('/belts/NOPE?source=demo', 404, 'not-found');
  expect(seen()).toEqual([null, true]);
  expect(held.asked).toEqual(['/belts/B001?source=demo', '/belts/NOPE?source=demo']);
});

it('takes an outage for an outage, not for a belt that there is not', async () => {
  const { seen, query } = page(() => 'B009');
  await held.refuse('/belts/B009?source=demo', 503, 'engine-unavailable');
  expect([...seen(), query.error.value?.code]).toEqual([null, false, 'engine-unavailable']);
});

it('does not wait where a list of the same source has the belt, unless the belt itself is refused', async () => {
  run(() => useQuery(() => questions.belts({ source: 'olist' })));
  await held.answer('/belts?source=olist', { belts: [belt('B002'), belt('B003')] });
  expect(page(() => 'B002', 'olist').seen()).toEqual(['B002', false]);
  expect(page(() => 'B002').seen()).toEqual([null, false]);
  expect(page(() => 'B004', 'olist').seen()).toEqual([null, false]);

  const gone = page(() => 'B003', 'olist');
  await held.refuse('/belts/B003?source=olist', 404, 'not-found');
  expect(gone.seen()).toEqual([null, true]);
});

it('stays known while a newer version of the data is asked for, until the belt is refused', async () => {
  const meta = (dataVersion: number) => ({ meta: { source: 'newer', dataVersion } });
  const { seen, query } = page(() => 'B001', 'newer');
  await held.answer('/belts/B001?source=newer', { ...meta(1), belt: belt('B001') });
  expect(seen()).toEqual(['B001', false]);
  run(() => useQuery(() => questions.belts({ source: 'newer' })));
  await held.answer('/belts?source=newer', { ...meta(2), belts: [] });
  expect([...seen(), query.data.value]).toEqual(['B001', false, null]);
  await held.refuse('/belts/B001?source=newer', 404, 'not-found');
  expect(seen()).toEqual([null, true]);
});
