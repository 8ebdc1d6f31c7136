import { readArea } from '../features/area/area-route.ts';
import { areaPage } from './area-page.ts';

it.each([
  ['nation', '', {}],
  ['belt', 'B001', { belt: 'B001' }],
  ['province', '浙江省', { province: '浙江省' }],
  ['city', '浙江省/金华市', { province: '浙江省', city: '金华市' }],
  ['category', '袜子', { category: '袜子' }],
] as const)('leads from a %s to the page that asks about it', (level, id, question) => {
  expect(readArea(areaPage({ level, id })?.params ?? {})).toEqual({ level, question });
});

it.each([
  ['belt', ''],
  ['province', ''],
  ['category', ''],
  ['city', '浙江省/'],
  ['city', '/金华市'],
] as const)('leads nowhere from a %s that lacks a name: "%s"', (level, id) => {
  expect(areaPage({ level, id })).toBeNull();
});
