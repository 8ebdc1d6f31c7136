import type { AnnotationsAnswer } from '@beltline/contract';
import { effectScope, nextTick, shallowRef } from 'vue';
import { holdAnswers } from '../../api/held-answers.fixture.ts';
import { useFurtherNotes } from './useFurtherNotes.ts';

const page = (ids: readonly string[], next: string | null) =>
  ({ annotations: ids.map((id) => ({ id })), next }) as AnnotationsAnswer;

function started(answer: AnnotationsAnswer | null) {
  const held = holdAnswers();
  const first = shallowRef(answer);
  const scope = effectScope();
  const notes = scope.run(() => useFurtherNotes(first, (after) => ({ path: `/annotations?after=${after}` })));
  if (!notes) throw new Error('the scope ran nothing');
  const ids = () => notes.further.value.map(({ id }) => id);
  return { ...held, first, scope, ids, notes };
}

it('reads page after page until there is none', async () => {
  const { answer, asked, ids } = started(page(['a'], 'a'));
  await answer('/annotations?after=a', page(['b'], 'b'));
  await answer('/annotations?after=b', page(['c'], null));
  expect(asked).toEqual(['/annotations?after=a', '/annotations?after=b']);
  expect(ids()).toEqual(['b', 'c']);
});

it('asks nothing where the first page is all, or not there', () => {
  for (const answer of [page(['a'], null), null]) expect(started(answer).asked).toEqual([]);
});

it('says what is missing, keeps what it has, and forgets the fault with the next first page', async () => {
  const { answer, refuse, first, ids, notes } = started(page(['a'], 'a'));
  await answer('/annotations?after=a', page(['b'], 'b'));
  await refuse('/annotations?after=b', 503, 'store-unavailable');
  expect([notes.missing.value?.code, ids()]).toEqual(['store-unavailable', ['b']]);
  first.value = page(['a'], null);
  await nextTick();
  expect([notes.missing.value, ids()]).toEqual([null, []]);
});

it('takes no page of a list that has been asked again', async () => {
  const { answer, first, ids } = started(page(['a'], 'old'));
  first.value = page(['a'], 'new');
  await nextTick();
  await answer('/annotations?after=new', page(['new'], null));
  await answer('/annotations?after=old', page(['old'], null));
  expect(ids()).toEqual(['new']);
});
