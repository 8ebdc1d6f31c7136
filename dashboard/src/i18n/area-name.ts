import type { Area } from '@beltline/contract';
import { pick, type Locale } from './locale.ts';
import { provinceName } from './provinces.ts';

/** The name of an area in the reader's language; provinces are named here, because sources write them in Chinese only. */
export function areaName(area: Area, locale: Locale): string {
  return area.level === 'province' ? provinceName(area.name.zh, locale) : pick(area.name, locale);
}
