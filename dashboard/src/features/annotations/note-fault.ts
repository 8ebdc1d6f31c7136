/** What keeps a note from being saved; the API checks it again. Null: nothing. */
export function noteFault(form: { text: string; day: string; lastDay: string }): 'text' | 'order' | null {
  if (form.text.trim() === '' || form.day === '') return 'text';
  if (form.lastDay !== '' && form.lastDay < form.day) return 'order';
  return null;
}
