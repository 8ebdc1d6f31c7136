import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FirstUser, firstAdministrator, tellFirstUser } from './first-users.ts';
import { whyNoPassword } from './passwords.ts';
import type { NewUser, UsersService } from './users.service.ts';

const usersOf = (isEmpty: () => Promise<boolean>, add: () => void = () => undefined) => {
  const added: NewUser[] = [];
  const users = { isEmpty, add: async (user: NewUser) => (add(), void added.push(user)) };
  return { added, users: users as unknown as UsersService };
};
/** Tells by keeping, in order. */
const keeper = () => {
  const told: FirstUser[] = [];
  return {
    told,
    tell: (first: FirstUser) => (told.push(first), { message: 'said', undo: () => void told.pop() }),
  };
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'beltline first '))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a store without users gets one administrator, whose password may be one', async () => {
  const { added, users } = usersOf(async () => true);
  const { told, tell } = keeper();
  expect(await firstAdministrator(users, tell)).toBe('said');
  expect(added).toEqual([{ ...told[0], roles: ['administrator'] }]);
  expect(whyNoPassword(told[0]?.password ?? '', told[0]?.name ?? '')).toBeNull();
  await firstAdministrator(users, tell);
  expect(told[1]?.password).not.toBe(told[0]?.password);
});

test('a store that has users, or does not answer, gets none', async () => {
  const { added, users } = usersOf(async () => false);
  const silent = usersOf(() => Promise.reject(new Error('away')));
  const { told, tell } = keeper();
  expect([await firstAdministrator(users, tell), await firstAdministrator(silent.users, tell)]).toEqual([
    null,
    null,
  ]);
  expect([added, silent.added, told]).toEqual([[], [], []]);
});

test('nobody is made whose password could not be told, and nothing is told of who could not be made', async () => {
  const { added, users } = usersOf(async () => true);
  const full = () => {
    throw new Error('no space');
  };
  await expect(firstAdministrator(users, full)).rejects.toThrow('no space');
  expect(added).toEqual([]);
  const second = usersOf(async () => true, full);
  const { told, tell } = keeper();
  expect([await firstAdministrator(second.users, tell), told]).toEqual([null, []]);
});

test('the password is shown on a terminal alone; else it is in a file of this account, also over one that was left', () => {
  const first = { name: 'admin', password: 'ABCDEFGHIJKLMNOPQRST' };
  const file = join(folder, 'first-administrator');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  expect(tellFirstUser(folder, true)(first).message).toContain(first.password);
  const { message, undo } = tellFirstUser(folder, false)(first);
  expect(message).not.toContain(first.password);
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([
    `admin\n${first.password}\n`,
    0o600,
  ]);
  undo();
  expect(existsSync(file)).toBe(false);
});
