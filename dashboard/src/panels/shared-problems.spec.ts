import { effectScope, nextTick, shallowRef } from 'vue';
import { ProblemError } from '../api/problem-error.ts';
import { sharedProblems, useSharedProblem } from './shared-problems.ts';

const damaged = (requestId: string) =>
  new ProblemError({ code: 'figures-damaged', status: 503, detail: 'batch 3', requestId });

function panel(first: ProblemError) {
  const scope = effectScope();
  const error = shallowRef(first);
  const shared = scope.run(() => useSharedProblem(() => error.value));
  return { error, isShared: () => shared?.value, stop: () => scope.stop() };
}

it('is what three panels cannot show for the same reason, for as long as they do', async () => {
  const panels = ['1', '2'].map((requestId) => panel(damaged(requestId)));
  const other = panel(new ProblemError({ code: 'network' }));
  expect([...panels, other].map(({ isShared }) => isShared())).toEqual([false, false, false]);
  expect(sharedProblems.value).toEqual([]);

  panels.push(panel(damaged('3')));
  expect(panels.map(({ isShared }) => isShared())).toEqual([true, true, true]);
  expect([other.isShared(), sharedProblems.value.map(({ requestId }) => requestId)]).toEqual([false, ['1']]);

  other.error.value = damaged('4');
  await nextTick();
  panels[0]?.stop();
  expect([other.isShared(), sharedProblems.value.map(({ requestId }) => requestId)]).toEqual([true, ['2']]);
  panels[1]?.stop();
  expect([other.isShared(), sharedProblems.value]).toEqual([false, []]);
  for (const { stop } of [...panels, other]) stop();
});
