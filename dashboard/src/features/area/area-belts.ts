import type { AreaQuestion, Belt } from '@beltline/contract';
import type { Names } from '../../i18n/names.ts';

/** The belts of an area, those with most merchants first. */
export function beltsOf(belts: readonly Belt[], { province, city, category }: AreaQuestion): Belt[] {
  const inside = belts.filter(
    (belt) =>
      (province === undefined || belt.province === province) &&
      (city === undefined || belt.city === city) &&
      (category === undefined || belt.category.zh === category),
  );
  return inside.sort((a, b) => b.merchants - a.merchants);
}

/** What to say of a belt in the list of its area: where it lies, as far as the area does not say it, and its merchants. */
export function factsOf(
  { province, city }: Belt,
  area: AreaQuestion,
  names: Names,
  merchants: string,
): string {
  const within = area.province === undefined ? names.province(province) : names.city(city);
  const place = area.city === undefined ? within : '';
  return place === '' ? merchants : `${place} · ${merchants}`;
}
