import { effectScope, ref } from 'vue';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { draftPlace, forgetDraft, hasDrafts, keepDraft } from './note-drafts.ts';

/** Whether a page that is left asks first. */
function asks(page: EventTarget): boolean {
  return !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

it('asks before the page is left as long as something is unsaved, and its component is there', () => {
  const page = new EventTarget();
  const unsaved = ref(false);
  const scope = effectScope();
  scope.run(() => askBeforeLeaving(() => unsaved.value, page));
  expect(asks(page)).toBe(false);
  unsaved.value = true;
  expect(asks(page)).toBe(true);
  unsaved.value = false;
  expect(asks(page)).toBe(false);
  unsaved.value = true;
  scope.stop();
  expect(asks(page)).toBe(false);
});

it('asks for a draft whose dialog was left, until it is forgotten', () => {
  const page = new EventTarget();
  const scope = effectScope();
  scope.run(() => askBeforeLeaving(hasDrafts, page));
  const place = draftPlace('demo', 'B001', undefined);
  const form = { kind: 'policy', national: false, day: '2024-05-01', lastDay: '', text: '试点' } as const;
  keepDraft(place, { form, known: undefined, key: 'k' });
  expect(asks(page)).toBe(true);
  forgetDraft(place);
  expect(asks(page)).toBe(false);
  scope.stop();
});
