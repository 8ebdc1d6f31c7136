import type { Belt } from '@beltline/contract';
import type { ComparedLevel } from '../../shell/vocabulary-types.ts';

/** The area of a level that a belt lies in, as answers name it. */
function areaIdOf({ beltId, province, city, category }: Belt, level: ComparedLevel): string {
  switch (level) {
    case 'belt':
      return beltId;
    case 'province':
      return province;
    case 'city':
      return `${province}/${city}`;
    case 'category':
      return category.zh;
  }
}

/** The areas of a level that found belts lie in, in the order of the belts: the best first, each once. */
export const areasOfBelts = (belts: readonly Belt[], level: ComparedLevel): string[] => [
  ...new Set(belts.map((belt) => areaIdOf(belt, level))),
];
