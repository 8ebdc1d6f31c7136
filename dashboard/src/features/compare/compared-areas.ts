/** The areas that stand side by side, as they are written in the address and in questions: `belt:B001,city:浙江省/金华市,nation`. */
import type { Area, AreaLevel, AreaQuestion, Belt } from '@beltline/contract';
import { queryText, type Query } from '../../shell/view-state.ts';

/** As the API has it (`MOST_COMPARED`): more make no picture. */
export const MOST_COMPARED = 6;

export type ComparedArea = Pick<Area, 'level' | 'id'>;

const LEVELS: ReadonlySet<string> = new Set<AreaLevel>(['nation', 'province', 'city', 'category', 'belt']);
const isLevel = (text: string): text is AreaLevel => LEVELS.has(text);

/** A comma parts areas, so one in a name is written as in an address. */
export const areaName = ({ level, id }: ComparedArea): string =>
  level === 'nation' ? level : `${level}:${id.replaceAll('%', '%25').replaceAll(',', '%2C')}`;

export const isSameArea = (one: ComparedArea, other: ComparedArea): boolean =>
  areaName(one) === areaName(other);

/** Null where the text names none. */
function areaNamed(text: string): ComparedArea | null {
  const [level = '', ...rest] = text.split(':');
  if (!isLevel(level)) return null;
  const id = rest.join(':').replaceAll('%2C', ',').replaceAll('%25', '%');
  return (level === 'nation') === (id === '') ? { level, id } : null;
}

/** Of an address, each once and no more than can be compared. */
export function readAreas(query: Query): ComparedArea[] {
  const named = (queryText(query, 'areas') ?? '').split(',').flatMap((text) => areaNamed(text) ?? []);
  const once = named.filter((area, place) => named.findIndex((one) => isSameArea(one, area)) === place);
  return once.slice(0, MOST_COMPARED);
}

export const writtenAreas = (areas: readonly ComparedArea[]): string | undefined =>
  areas.length === 0 ? undefined : areas.map(areaName).join(',');

/** The areas with another one at their end, or without it where it is among them; no more than can be compared. */
export function withArea(areas: readonly ComparedArea[], area: ComparedArea): ComparedArea[] {
  const others = areas.filter((one) => !isSameArea(one, area));
  return others.length < areas.length ? others : [...areas, area].slice(0, MOST_COMPARED);
}

/** The first one is what the others are compared with. */
export const withFirst = (areas: readonly ComparedArea[], area: ComparedArea): ComparedArea[] => [
  area,
  ...areas.filter((one) => !isSameArea(one, area)),
];

/** An area with its name, from the belts of the source; null where none of them lies in it. */
export function knownArea({ level, id }: ComparedArea, belts: readonly Belt[]): Area | null {
  if (level === 'nation') return { level, id, name: { zh: '全国', en: 'All belts' }, belts: belts.length };
  const inside = belts.filter((belt) => idIn(belt, level) === id);
  const [first] = inside;
  if (!first) return null;
  const own = id.split('/').at(-1) ?? id;
  const name = level === 'belt' ? first.name : level === 'category' ? first.category : { zh: own, en: own };
  return { level, id, name, belts: inside.length };
}

/** The area of a level that a belt lies in. */
function idIn({ beltId, province, city, category }: Belt, level: Exclude<AreaLevel, 'nation'>): string {
  return { belt: beltId, province, city: `${province}/${city}`, category: category.zh }[level];
}

/** How questions about one area name it. */
export function areaQuestion({ level, id }: ComparedArea): AreaQuestion {
  if (level === 'nation') return {};
  if (level !== 'city') return { [level]: id };
  const [province = '', city = ''] = id.split('/');
  return { province, city };
}
