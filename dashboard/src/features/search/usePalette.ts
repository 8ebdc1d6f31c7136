import { computed, type ComputedRef, type Ref } from 'vue';
import { questions } from '../../api/questions.ts';
import { type Query, useQuery } from '../../api/useQuery.ts';
import { useText } from '../../i18n/useText.ts';
import { useSession } from '../../session/useSession.ts';
import { areaPage } from '../../shell/area-page.ts';
import { pagesOf } from '../../shell/pages.ts';
import { useSources } from '../../shell/useSources.ts';
import { useView } from '../../shell/useView.ts';
import { areasOfBelts } from './found-areas.ts';
import {
  foundDefinitions,
  GROUPS,
  matching,
  MOST,
  type PaletteEntry,
  type PaletteGroup,
} from './palette-groups.ts';
import { useBeltSearch } from './useBeltSearch.ts';

export interface Palette {
  /** What is being typed. */
  text: Ref<string>;
  groups: ComputedRef<{ group: PaletteGroup; entries: PaletteEntry[] }[]>;
  count: ComputedRef<number>;
  /** Belts are still looked for. */
  isSearching: ComputedRef<boolean>;
  /** Where the search for belts failed, the rest is shown all the same. */
  belts: Query<unknown>;
}

const AREA_LEVELS = ['city', 'province', 'category'] as const;

/** Everything that somebody may open by typing its name: belts, areas, pages and definitions, as far as they are theirs. */
export function usePalette(): Palette {
  const { t, name, names } = useText();
  const { link } = useView();
  const { may } = useSession();
  const { sources } = useSources();
  // It is opened also while nothing is loaded yet, and there is no source to search.
  const mayFindBelts = () => may('read-figures') && sources.value.length > 0;
  const search = useBeltSearch('', mayFindBelts);
  const definitions = useQuery(() => (may('read-catalogue') ? questions.definitions() : null));

  const entriesOf: Record<PaletteGroup, () => PaletteEntry[]> = {
    belts: () =>
      (search.found.value ?? []).map((belt) => ({
        key: belt.beltId,
        label: name(belt.name),
        about: `${names.value.province(belt.province)} ${names.value.city(belt.city)} · ${belt.beltId}`,
        to: link('belt', { beltId: belt.beltId }),
      })),
    areas: () =>
      AREA_LEVELS.flatMap((level) =>
        areasOfBelts(search.found.value ?? [], level)
          .slice(0, MOST.areas / AREA_LEVELS.length)
          .flatMap((id) => {
            const page = areaPage({ level, id });
            if (page === null) return [];
            const own = id.split('/').at(-1) ?? id;
            const goods = search.found.value?.find(
              ({ category }) => level === 'category' && category.zh === id,
            );
            const label = names.value.area({ level, name: goods?.category ?? { zh: own, en: own } });
            return {
              key: `${level} ${id}`,
              label,
              about: t(`area.kinds.${level}`),
              to: link(page.name, page.params),
            };
          }),
      ),
    pages: () =>
      matching(pagesOf(may), search.text.value, (page) => [page, t(`nav.${page}`)]).map((page) => ({
        key: page,
        label: t(`nav.${page}`),
        about: '',
        to: link(page),
      })),
    definitions: () =>
      foundDefinitions(definitions.data.value?.definitions ?? [], search.text.value).map((definition) => ({
        key: definition.id,
        label: name(definition.name),
        about: name(definition.text),
        to: link('definitions', {}, {}, `#${definition.id}`),
      })),
  };
  const groups = computed(() =>
    GROUPS.map((group) => ({ group, entries: entriesOf[group]().slice(0, MOST[group]) })).filter(
      ({ entries }) => entries.length > 0,
    ),
  );
  return {
    text: search.text,
    groups,
    count: computed(() => groups.value.reduce((sum, { entries }) => sum + entries.length, 0)),
    isSearching: computed(
      () =>
        mayFindBelts() &&
        search.text.value.trim() !== '' &&
        search.found.value === null &&
        !search.query.error.value,
    ),
    belts: search.query,
  };
}
