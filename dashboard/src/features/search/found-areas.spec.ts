import type { Belt } from '@beltline/contract';
import { areasOfBelts } from './found-areas.ts';

const belt = (beltId: string, city: string, goods: string) =>
  ({ beltId, province: '浙江省', city, category: { zh: goods, en: '' } }) as Belt;
const belts = [
  belt('B005', '绍兴市', '面料'),
  belt('B001', '金华市', '小商品'),
  belt('B006', '绍兴市', '袜子'),
];

it.each([
  ['belt', ['B005', 'B001', 'B006']],
  ['city', ['浙江省/绍兴市', '浙江省/金华市']],
  ['province', ['浙江省']],
  ['category', ['面料', '小商品', '袜子']],
] as const)('names each %s of found belts once, the best first', (level, ids) => {
  expect(areasOfBelts(belts, level)).toEqual(ids);
});
