/** As the contract has it, whose values would bring the schema library into the page. */
export const EARLIEST_NOTE = '1990-01-01';
export const LATEST_NOTE = '2100-12-31';

/** Characters that a note may have at most; the contract has it. */
export const LONGEST_NOTE = 200;

/** Characters as the API counts them: code points of what is left without blanks about it, so that one emoji or rare ideograph is one. */
export const charactersOf = (text: string): number => [...text.trim()].length;

/** Also a year of five digits, which fields of dates take, is too late. */
export const isLate = (day: string): boolean => day.indexOf('-') > 4 || day > LATEST_NOTE;

/** What keeps a note from being saved; the API checks it again. Null: nothing. */
export function noteFault(form: {
  text: string;
  day: string;
  lastDay: string;
}): 'text' | 'long' | 'early' | 'late' | 'order' | null {
  if (form.text.trim() === '' || form.day === '') return 'text';
  if (charactersOf(form.text) > LONGEST_NOTE) return 'long';
  if (isLate(form.day) || isLate(form.lastDay)) return 'late';
  if (form.day < EARLIEST_NOTE) return 'early';
  if (form.lastDay !== '' && form.lastDay < form.day) return 'order';
  return null;
}
