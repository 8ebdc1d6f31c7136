import { inCalendar } from '../i18n/plain-calendar.ts';
import { useText, type Text } from '../i18n/useText.ts';
import { useView } from './useView.ts';

/** Words in the reader's language that speak of lunar days only where the country of the source in view keeps the festival. */
export function useCalendarText(): Text {
  const text = useText();
  const { source } = useView();
  return { ...text, t: inCalendar(text.t, () => source.value.keepsSpringFestival) };
}
