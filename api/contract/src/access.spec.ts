import { PERMISSIONS, PERMISSIONS_OF_ROLE, permissionsOf, ROLES } from './access.ts';

test('several roles may do what any of them may, and no role nothing', () => {
  expect(permissionsOf([])).toEqual([]);
  expect(permissionsOf(['engineer', 'strategist'])).toEqual(permissionsOf(['strategist', 'engineer']));
  expect(permissionsOf(['engineer', 'strategist'])).toEqual(
    expect.arrayContaining(['read-figures', 'read-loads']),
  );
});

test('figures are the strategist’s alone, and officials have what is released of them', () => {
  const may = (permission: (typeof PERMISSIONS)[number]) =>
    ROLES.filter((role) => permissionsOf([role]).includes(permission));
  expect(may('read-figures')).toEqual(['strategist']);
  expect(may('read-releases')).toEqual(['strategist', 'official']);
  expect(may('read-benchmark')).toEqual(['merchant']);
});

test('who manages users sees neither figures nor loads, and nobody else manages them', () => {
  expect(permissionsOf(['administrator']).filter((name) => name.startsWith('read'))).toEqual([
    'read-description',
    'read-mail',
    'read-audit',
  ]);
  expect(ROLES.filter((role) => permissionsOf([role]).includes('manage-users'))).toEqual(['administrator']);
});

test('no permission is left that no role has', () => {
  expect(PERMISSIONS.filter((name) => !permissionsOf([...ROLES]).includes(name))).toEqual([]);
  for (const role of ROLES)
    expect(new Set(PERMISSIONS_OF_ROLE[role]).size).toBe(PERMISSIONS_OF_ROLE[role].length);
});
