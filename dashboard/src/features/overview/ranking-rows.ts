import type { Belt, GrowthByBeltAnswer } from '@beltline/contract';
import type { Names } from '../../i18n/names.ts';

export type RankingRow = GrowthByBeltAnswer['rows'][number];

/** Provinces to choose from, in the order of the names that are shown. */
export function provincesOf(belts: readonly Pick<Belt, 'province'>[], names: Names): string[] {
  const provinces = new Set(belts.map(({ province }) => province));
  return [...provinces].sort((a, b) => names.compare(names.province(a), names.province(b)));
}

/** Rows whose belt has the text in its name, its place or its goods, as sources write them or as they are shown. */
export function matchingRows(rows: readonly RankingRow[], text: string, names: Names): readonly RankingRow[] {
  const needle = text.trim().toLowerCase();
  if (needle === '') return rows;
  return rows.filter(({ belt: { name, city, county, category } }) =>
    [
      name.zh,
      name.en,
      city,
      names.city(city),
      county,
      category.zh,
      category.en,
      names.category(category),
    ].some((field) => field.toLowerCase().includes(needle)),
  );
}
