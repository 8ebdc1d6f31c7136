import type { Area } from '@beltline/contract';

/** The page of an area, as the router knows it: the name of a route and its parameters. */
export function areaPage({ level, id }: Pick<Area, 'level' | 'id'>): {
  name: string;
  params: Record<string, string>;
} {
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
