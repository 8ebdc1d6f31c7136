import type { Belt } from '@beltline/contract';
import type { Names } from '../../i18n/names.ts';
import { areaPage } from '../../shell/area-page.ts';

/** A name that belongs to a belt, and the page of the area it stands for. */
export interface BeltPlace {
  kind: 'province' | 'city' | 'county' | 'category';
  name: string;
  page: ReturnType<typeof areaPage>;
}

/** Where a belt lies and what it sells, as far as it is known. Places repeat themselves where a unit is its own city. */
export function beltPlaces({ province, city, county, category }: Belt, names: Names): BeltPlace[] {
  const named: BeltPlace[] = [
    {
      kind: 'province',
      name: names.province(province),
      page: areaPage({ level: 'province', id: province }),
    },
    { kind: 'city', name: names.city(city), page: areaPage({ level: 'city', id: `${province}/${city}` }) },
    { kind: 'county', name: names.county(county), page: null },
    {
      kind: 'category',
      name: names.category(category),
      page: areaPage({ level: 'category', id: category.zh }),
    },
  ];
  return named.filter(
    ({ name }, index) => name !== '' && named.findIndex((one) => one.name === name) === index,
  );
}
