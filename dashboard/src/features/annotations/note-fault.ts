/** As the contract has it, whose values would bring the schema library into the page. */
export const EARLIEST_NOTE = '1990-01-01';

/** What keeps a note from being saved; the API checks it again. Null: nothing. */
export function noteFault(form: {
  text: string;
  day: string;
  lastDay: string;
}): 'text' | 'early' | 'order' | null {
  if (form.text.trim() === '' || form.day === '') return 'text';
  if (form.day < EARLIEST_NOTE) return 'early';
  if (form.lastDay !== '' && form.lastDay < form.day) return 'order';
  return null;
}
