import { computed, ref } from 'vue';
import { readStored, writeStored } from './browser-storage.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
const KEY = 'beltline.theme';

const choice = ref<ThemeChoice>('system');
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = ref(systemDark.matches);
const printing = ref(false);
/** Paper is white, whatever the screen was. */
const dark = computed(
  () => !printing.value && (choice.value === 'dark' || (choice.value === 'system' && systemIsDark.value)),
);

function apply(): void {
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
}

function setPrinting(value: boolean): void {
  printing.value = value;
  apply();
}

/** Before the first paint of the application, so that nobody sees the other theme flash by. */
export function startTheme(): void {
  const stored = readStored(KEY);
  choice.value = THEME_CHOICES.find((item) => item === stored) ?? 'system';
  systemDark.addEventListener('change', (event) => {
    systemIsDark.value = event.matches;
    apply();
  });
  window.addEventListener('beforeprint', () => setPrinting(true));
  window.addEventListener('afterprint', () => setPrinting(false));
  apply();
}

export function useTheme() {
  return {
    choice,
    dark,
    choose(next: ThemeChoice) {
      choice.value = next;
      writeStored(KEY, next);
      apply();
    },
  };
}
