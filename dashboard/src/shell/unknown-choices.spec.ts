import { effectScope, nextTick, ref } from 'vue';
import { unknownChoices, useUnknownChoice } from './unknown-choices.ts';

it('is what the data in view do not have, until they have it, or who shows them is gone', async () => {
  const asked = ref<string>();
  const scope = effectScope();
  scope.run(() => {
    useUnknownChoice('rule', () => asked.value);
    useUnknownChoice('province', () => '火星省');
  });
  expect(unknownChoices.value).toEqual([{ key: 'province', asked: '火星省' }]);
  asked.value = 'nope';
  await nextTick();
  expect(unknownChoices.value).toContainEqual({ key: 'rule', asked: 'nope' });
  asked.value = undefined;
  await nextTick();
  expect(unknownChoices.value.map(({ key }) => key)).toEqual(['province']);
  scope.stop();
  expect(unknownChoices.value).toEqual([]);
});

it('keeps what of a list is known', () => {
  const scope = effectScope();
  scope.run(() =>
    useUnknownChoice(
      'areas',
      () => 'belt:none',
      () => 'belt:B001,nation',
    ),
  );
  expect(unknownChoices.value).toEqual([{ key: 'areas', asked: 'belt:none', kept: 'belt:B001,nation' }]);
  scope.stop();
});
