import type { Definition } from '@beltline/contract';

/** Subjects of definitions, in the order of the page: what is counted first, how far to trust it last. */
export const GROUPS = ['measure', 'track', 'growth', 'decomposition', 'cycle', 'quality'] as const;
export type Group = (typeof GROUPS)[number] | 'other';

type Grouped = Definition & { group?: string };

/** The groups that have definitions, each with its own in the API's order; what is in none stands at the end. */
export function groupDefinitions(definitions: readonly Grouped[]): { group: Group; items: Grouped[] }[] {
  const groupOf = (item: Grouped): Group => GROUPS.find((group) => group === item.group) ?? 'other';
  return [...GROUPS, 'other' as const]
    .map((group) => ({ group, items: definitions.filter((item) => groupOf(item) === group) }))
    .filter(({ items }) => items.length > 0);
}

/** Those whose names, words or formula contain the text, in either language. */
export function matchingDefinitions<D extends Definition>(definitions: readonly D[], text: string): D[] {
  const needle = text.trim().toLowerCase();
  if (needle === '') return [...definitions];
  return definitions.filter(({ id, name, text: words, formula }) =>
    [id, name.zh, name.en, words.zh, words.en, formula].some((field) => field.toLowerCase().includes(needle)),
  );
}
