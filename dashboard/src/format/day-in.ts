/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return parts.format(new Date(instant));
}
