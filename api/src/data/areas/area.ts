import type { Area, AreaQuestion, Belt } from '@beltline/contract';
import type { Scope } from '@beltline/sql/clickhouse';
import { seesBelt } from '../../access/viewer.ts';
import { writtenOnce } from '../../platform/written-json.ts';
import { type FieldIssue, invalidRequest, sought } from '../../platform/problem/problem-error.ts';

/** An area with its belts. `beltIds` null = the nation: every belt, and the merchants without one. */
export interface ResolvedArea extends Area {
  readonly beltIds: readonly string[] | null;
}

/** How queries take an area: `area_everything` 1 = the nation. */
export const areaBelts = (area: ResolvedArea) => ({
  area_everything: area.beltIds === null ? 1 : 0,
  area_belts: area.beltIds ?? [],
});

/** The area as answers show it. */
export const areaOf = ({ level, id, name, belts }: ResolvedArea): Area =>
  writtenOnce({ level, id, name, belts });

/** Whether figures of a belt, or of merchants without one (''), are part of an area's. */
export const isIn = ({ beltIds }: ResolvedArea, beltId: string): boolean =>
  beltIds === null || beltIds.includes(beltId);

/** Whether a scope shows an area as a whole: of a part, no figure passes for that of the whole. */
export const isWithin = (scope: Pick<Scope, 'belts'>, { beltIds }: ResolvedArea): boolean =>
  scope.belts === 'everything' || (beltIds !== null && beltIds.every((beltId) => seesBelt(scope, beltId)));

const NATION = { zh: '全国', en: 'All belts' };
const same = (name: string) => ({ zh: name, en: name });

export const nationOf = (belts: readonly Belt[]): ResolvedArea => ({
  level: 'nation',
  id: '',
  name: NATION,
  belts: belts.length,
  beltIds: null,
});

export const beltArea = (belt: Belt): ResolvedArea => ({
  level: 'belt',
  id: belt.beltId,
  name: belt.name,
  belts: 1,
  beltIds: [belt.beltId],
});

/**
 * Which belts a question is about.
 * @throws ProblemError that names the field where there is no such belt, province, city or category.
 */
export function resolveArea(question: AreaQuestion, belts: readonly Belt[]): ResolvedArea {
  const { belt: beltId, province, city, category } = question;
  if (beltId !== undefined) {
    const belt = belts.find((one) => one.beltId === beltId);
    if (!belt) throw sought(unknown('belt', 'there is no such belt'), 'belt', null);
    return beltArea(belt);
  }
  if (city !== undefined) {
    const found = belts.filter((one) => one.province === province && one.city === city);
    if (found.length === 0) throw unknown('city', 'there is no belt in such a city of this province');
    return regionOf('city', `${province}/${city}`, same(city), found);
  }
  if (province !== undefined) {
    const found = belts.filter((one) => one.province === province);
    if (found.length === 0) throw unknown('province', 'there is no belt in such a province');
    return regionOf('province', province, same(province), found);
  }
  if (category !== undefined) {
    const found = belts.filter((one) => one.category.zh === category);
    if (found.length === 0) throw unknown('category', 'there is no belt with such goods');
    return regionOf('category', category, found[0]?.category ?? same(category), found);
  }
  return nationOf(belts);
}

/** Every area of a level, in the order of their first belts. */
export function areasOf(level: Area['level'], belts: readonly Belt[]): ResolvedArea[] {
  if (level === 'nation') return [nationOf(belts)];
  if (level === 'belt') return belts.map(beltArea);
  const question: Record<'province' | 'city' | 'category', (belt: Belt) => AreaQuestion> = {
    province: ({ province }) => ({ province }),
    city: ({ province, city }) => ({ province, city }),
    category: ({ category }) => ({ category: category.zh }),
  };
  const named = belts.filter((belt) => (level === 'category' ? belt.category.zh : belt[level]) !== '');
  const areas = named.map((belt) => JSON.stringify(question[level](belt)));
  return [...new Set(areas)].map((one) => resolveArea(JSON.parse(one) as AreaQuestion, belts));
}

function regionOf(
  level: Area['level'],
  id: string,
  name: Area['name'],
  belts: readonly Belt[],
): ResolvedArea {
  return { level, id, name, belts: belts.length, beltIds: belts.map((belt) => belt.beltId) };
}

const unknown = (field: FieldIssue['field'], message: string) => invalidRequest({ field, message });
