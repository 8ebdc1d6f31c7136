import type { AreaQuestion, Belt } from '@beltline/contract';

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
