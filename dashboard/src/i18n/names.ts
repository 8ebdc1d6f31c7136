import type { Area } from '@beltline/contract';
import type { NameTables } from '@beltline/contract/english-names';
import { pick, type Locale } from './locale.ts';

/** What places and goods are called in the reader's language; a name that is not listed stays as the source writes it. */
export interface Names {
  province(province: string): string;
  city(city: string): string;
  county(county: string): string;
  category(category: Area['name']): string;
  area(area: Pick<Area, 'level' | 'name'>): string;
  /** The order of two names as they are shown. */
  compare(a: string, b: string): number;
}

/**
 * Without tables: the language that sources write. A listed name goes before the one that a source sends, because sources
 * send places in Chinese only, and the demo takes the English for goods from names of single belts.
 */
export function createNames(locale: Locale, tables?: NameTables): Names {
  const named = (kind: keyof NameTables, name: Area['name']): string => {
    const listed = tables && Object.hasOwn(tables[kind], name.zh) ? tables[kind][name.zh] : undefined;
    return listed ?? pick(name, locale);
  };
  const alone = (name: string): Area['name'] => ({ zh: name, en: name });
  const { compare } = new Intl.Collator(locale);
  return {
    province: (province) => named('province', alone(province)),
    city: (city) => named('city', alone(city)),
    county: (county) => named('county', alone(county)),
    category: (category) => named('category', category),
    area: ({ level, name }) =>
      level === 'province' || level === 'city' || level === 'category'
        ? named(level, name)
        : pick(name, locale),
    compare,
  };
}
