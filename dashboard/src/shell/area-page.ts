import type { Area } from '@beltline/contract';

/** A page as the router knows it: the name of a route and its parameters. */
interface Page {
  name: string;
  params: Record<string, string>;
}

/** The page of an area; null where a source leaves a part of its name empty, because no address can name it. */
export function areaPage({ level, id }: Pick<Area, 'level' | 'id'>): Page | null {
  const page = pageOf(level, id);
  return Object.values(page.params).includes('') ? null : page;
}

function pageOf(level: Area['level'], id: string): Page {
  switch (level) {
    case 'nation':
      return { name: 'recovery', params: {} };
    case 'belt':
      return { name: 'belt', params: { beltId: id } };
    case 'province':
      return { name: 'province', params: { province: id } };
    case 'category':
      return { name: 'category', params: { category: id } };
    case 'city': {
      const [province = '', city = ''] = id.split('/');
      return { name: 'city', params: { province, city } };
    }
  }
}
