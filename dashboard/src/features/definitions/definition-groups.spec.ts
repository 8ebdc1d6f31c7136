import type { Definition, DefinitionGroup } from '@beltline/contract';
import { groupDefinitions, matchingDefinitions } from './definition-groups.ts';

const definition = (id: string, group: DefinitionGroup = 'measure'): Definition => ({
  id,
  group,
  name: { zh: `名${id}`, en: `Name ${id}` },
  text: { zh: '说明', en: 'Words' },
  formula: 'Σ amount',
  unit: 'money',
  source: '',
});

it('groups by subject in the order of the page, without empty groups', () => {
  const groups = groupDefinitions([
    definition('coverage', 'quality'),
    definition('gmv'),
    definition('orders'),
  ]);
  expect(groups.map(({ group, items }) => [group, items.map(({ id }) => id)])).toEqual([
    ['measure', ['gmv', 'orders']],
    ['quality', ['coverage']],
  ]);
});

it('finds by name in either language, and by formula', () => {
  const all = [definition('gmv'), { ...definition('hhi'), formula: 's²' }];
  const found = (text: string) => matchingDefinitions(all, text).map(({ id }) => id);
  expect(found(' NAME g')).toEqual(['gmv']);
  expect(found('名hhi')).toEqual(['hhi']);
  expect(found('s²')).toEqual(['hhi']);
  expect(found('')).toEqual(['gmv', 'hhi']);
  expect(found('nothing of the kind')).toEqual([]);
});
