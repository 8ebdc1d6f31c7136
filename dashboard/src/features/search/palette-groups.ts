import type { Definition } from '@beltline/contract';
import type { RouteLocationRaw } from 'vue-router';
import { matchingDefinitions } from '../definitions/definition-groups.ts';

/** Something that the palette leads to. */
export interface PaletteEntry {
  readonly key: string;
  readonly label: string;
  /** Where it lies, or what kind of thing it is. */
  readonly about: string;
  readonly to: RouteLocationRaw;
}

export const GROUPS = ['belts', 'areas', 'pages', 'definitions'] as const;
export type PaletteGroup = (typeof GROUPS)[number];
/** So many of a group at most: more is what its own page is for. */
export const MOST: Readonly<Record<PaletteGroup, number>> = { belts: 8, areas: 6, pages: 9, definitions: 5 };

/** Full width as half, letters small, nothing that cannot be seen: it comes along where text is copied. */
const alike = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, '');

/** Those whose words hold each word of the text, in either language; all where nothing is searched for. */
export function matching<Item>(
  items: readonly Item[],
  text: string,
  wordsOf: (item: Item) => readonly string[],
): Item[] {
  const words = alike(text).split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const said = alike(wordsOf(item).join(' '));
    return words.every((word) => said.includes(word));
  });
}

/** Definitions of that name first, then those that speak of it; none where nothing is searched for. */
export function foundDefinitions(definitions: readonly Definition[], text: string): Definition[] {
  if (text.trim() === '') return [];
  const named = matching(definitions, text, ({ id, name }) => [id, name.zh, name.en]);
  const others = matchingDefinitions(definitions, text).filter((one) => !named.includes(one));
  return [...named, ...others].slice(0, MOST.definitions);
}
