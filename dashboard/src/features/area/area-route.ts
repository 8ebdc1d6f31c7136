import type { Area, AreaLevel, AreaQuestion } from '@beltline/contract';
import type { ProblemError } from '../../api/problem-error.ts';
import type { Names } from '../../i18n/names.ts';

/** An area as an address names it. `question` is how the API is asked about it. */
export interface AreaRoute {
  level: AreaLevel;
  question: AreaQuestion;
}

type Params = Record<string, string | string[] | undefined>;

function text(params: Params, key: string): string | undefined {
  const value = params[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An address without any name is the nation. */
export function readArea(params: Params): AreaRoute {
  const [belt, category] = [text(params, 'beltId'), text(params, 'category')];
  const [province, city] = [text(params, 'province'), text(params, 'city')];
  if (belt !== undefined) return { level: 'belt', question: { belt } };
  if (category !== undefined) return { level: 'category', question: { category } };
  if (province === undefined) return { level: 'nation', question: {} };
  if (city === undefined) return { level: 'province', question: { province } };
  return { level: 'city', question: { province, city } };
}

/** Whether the API refused the area itself: it names the parameter that fits no belt. */
export function isUnknownArea(error: ProblemError | null): boolean {
  if (error === null) return false;
  const named = error.issues.some(({ field }) => ['belt', 'province', 'city', 'category'].includes(field));
  return error.code === 'not-found' || (error.code === 'invalid-request' && named);
}

/** What the page of an area is called: as its answer says, and until that is here as its address says. */
export function areaTitle({ question }: AreaRoute, area: Area | null, names: Names): string {
  const { province, city, category } = question;
  if (area) return names.area(area);
  if (category !== undefined) return names.category({ zh: category, en: category });
  if (city !== undefined) return names.city(city);
  return province === undefined ? '' : names.province(province);
}
