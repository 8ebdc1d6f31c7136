import { draftAt, draftPlace, forgetDraft, isWorthKeeping, keepDraft, type NoteForm } from './note-drafts.ts';

const form: NoteForm = { kind: 'policy', national: false, day: '2024-05-01', lastDay: '', text: '' };

it('keeps a draft by source, belt and note', () => {
  const places = [
    draftPlace('demo', 'B001', undefined),
    draftPlace('demo', 'B002', undefined),
    draftPlace('demo', undefined, undefined),
    draftPlace('other', 'B001', undefined),
    draftPlace('demo', 'B001', '7'),
  ];
  places.forEach((place, index) =>
    keepDraft(place, { form: { ...form, text: String(index) }, known: undefined, key: 'k' }),
  );
  expect(places.map((place) => draftAt(place)?.form.text)).toEqual(['0', '1', '2', '3', '4']);
  places.forEach(forgetDraft);
  expect(places.map(draftAt)).toEqual(places.map(() => undefined));
});

it('keeps a new note for its text, and a changed one for any change', () => {
  expect(isWorthKeeping({ ...form, kind: 'other' }, form, true)).toBe(false);
  expect(isWorthKeeping({ ...form, text: ' \n' }, form, true)).toBe(false);
  expect(isWorthKeeping({ ...form, text: '试点' }, form, true)).toBe(true);
  expect(isWorthKeeping({ ...form }, form, false)).toBe(false);
  expect(isWorthKeeping({ ...form, lastDay: '2024-05-02' }, form, false)).toBe(true);
});
