/** What a question may take of the engine, by role; and that nobody's is without a limit. */
import { ROLES } from '@beltline/contract';
import { effortOf } from './effort.ts';
import { scopeOf } from './viewer.ts';
import { viewerOfUser } from './sessions.service.ts';

const everyKind = ['seconds', 'bytes', 'rows'] as const;

test('who is several things has the most of each, and who is nothing next to nothing', () => {
  for (const one of ROLES)
    for (const other of ROLES)
      for (const kind of everyKind)
        expect(effortOf([one, other])[kind]).toBe(Math.max(effortOf([one])[kind], effortOf([other])[kind]));
  for (const kind of everyKind)
    for (const role of ROLES) expect(effortOf([])[kind]).toBeLessThanOrEqual(effortOf([role])[kind]);
});

test('who sees less may take less: a merchant than an official, and they than a strategist', () => {
  for (const kind of everyKind) {
    expect(effortOf(['merchant'])[kind]).toBeLessThan(effortOf(['official'])[kind]);
    expect(effortOf(['official'])[kind]).toBeLessThan(effortOf(['strategist'])[kind]);
  }
});

test('a scope holds the owners of its source, of merchants alone, and what a question may take', () => {
  const user = (...given: [string, string][]) => ({
    ...{ id: 'u', name: 'U', isDemo: false, passwordHash: null },
    grants: given.map(([kind, value]) => ({ kind, value })) as never,
  });
  const owners = ['demo:L2', 'demo:L1', 'demo-2:L3', 'other:L4'].map((one): [string, string] => [
    'owner',
    one,
  ]);
  const merchant = viewerOfUser(
    user(['role', 'merchant'], ['source', 'demo'], ['source', 'demo-2'], ...owners),
  );
  expect(scopeOf(merchant, 'demo')).toEqual({
    ...{ source: 'demo', belts: [], owners: ['L1', 'L2'] },
    effort: effortOf(['merchant']),
  });
  expect(scopeOf(merchant, 'demo-2').owners).toEqual(['L3']);
  expect(scopeOf(merchant, 'other').owners).toBeUndefined(); // not a source of theirs
  const engineer = viewerOfUser(user(['role', 'engineer'], ['source', '*'], ...owners));
  expect(scopeOf(engineer, 'demo').owners).toBeUndefined();
});
