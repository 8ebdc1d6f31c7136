import { sourceLabel } from './source-label.ts';

const source = (id: string, zh: string, en: string) => ({ source: id, name: { zh, en } });
const inEnglish = (name: { en: string }) => name.en;

test('sources that bear one name are told apart by their ids, others need none', () => {
  const sources = [
    source('shop', '门店', 'Shop'),
    source('shop-2', '二店', 'Shop'),
    source('demo', '门店', 'Demo'),
  ];
  expect(sources.map((one) => sourceLabel(one, sources, inEnglish))).toEqual([
    'Shop (shop)',
    'Shop (shop-2)',
    'Demo',
  ]);
  expect(sourceLabel(source('late', '晚', 'Late'), [], inEnglish)).toBe('Late');
});
