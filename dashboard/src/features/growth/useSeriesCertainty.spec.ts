import { computed, shallowRef } from 'vue';
import { ProblemError } from '../../api/problem-error.ts';
import { intervalNote } from './useSeriesCertainty.ts';

const asked = (state: 'answered' | 'failed' | 'failed, asked again' | 'awaited') => ({
  error: shallowRef(state.startsWith('failed') ? new ProblemError({ code: 'network' }) : null),
  loading: computed(() => state === 'awaited'),
  stale: computed(() => state === 'failed, asked again'),
});

it('tells intervals that cannot be had, or are not there yet, from signs that they leave unsure', () => {
  expect(intervalNote(asked('answered'), true)).toBe('trend.monthInterval');
  expect(intervalNote(asked('failed'), false)).toBe('headline.uncertaintyFailed');
  expect(intervalNote(asked('failed, asked again'), false)).toBe('headline.uncertaintyFailed');
  expect(intervalNote(asked('awaited'), false)).toBe('headline.uncertaintyWaiting');
  // Asking again fails, and the last answer to the same question is still there.
  expect(intervalNote(asked('failed'), true)).toBe('trend.monthInterval');
});
