import type { Definition, DefinitionGroup } from '@beltline/contract';

/** Subjects of definitions, in the order of the page: what is counted first, how far to trust it last. */
export const GROUPS = [
  'measure',
  'track',
  'growth',
  'decomposition',
  'cycle',
  'quality',
] as const satisfies readonly DefinitionGroup[];

/** Fails to compile when the contract grows a group that is not listed above. */
type AllListed<Unlisted extends never> = Unlisted;
export type UnlistedGroup = AllListed<Exclude<DefinitionGroup, (typeof GROUPS)[number]>>;

/** The groups that have definitions, each with its own in the API's order. */
export function groupDefinitions(
  definitions: readonly Definition[],
): { group: DefinitionGroup; items: Definition[] }[] {
  return GROUPS.map((group) => ({
    group,
    items: definitions.filter((definition) => definition.group === group),
  })).filter(({ items }) => items.length > 0);
}

/** Those whose names, words or formula contain the text, in either language. */
export function matchingDefinitions(definitions: readonly Definition[], text: string): readonly Definition[] {
  const needle = text.trim().toLowerCase();
  if (needle === '') return definitions;
  return definitions.filter(({ id, name, text: words, formula }) =>
    [id, name.zh, name.en, words.zh, words.en, formula].some((field) => field.toLowerCase().includes(needle)),
  );
}
