/**
 * The first user of a store: one administrator with a random password, so that somebody can let in the others. It is shown once, on
 * the terminal, and is never logged; where nobody sits at one it goes into a file that only this account can read.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomPassword } from './passwords.ts';
import type { UsersService } from './users.service.ts';

export interface FirstUser {
  readonly name: string;
  readonly password: string;
}

/** Where the password is kept or shown, and the way back of it where the user could not be made. */
export interface Told {
  /** What is said at the start. */
  readonly message: string;
  undo(): void;
}

/**
 * Makes the first administrator, after the password is where somebody finds it: a user whose password nobody has would shut out
 * everybody. @returns what is to be said of it; null where there are users already, or their store does not answer: then they may
 * be there. @throws what `tell` throws, and nobody was made.
 */
export async function firstAdministrator(
  users: UsersService,
  tell: (first: FirstUser) => Told,
): Promise<string | null> {
  const first = { name: 'admin', password: randomPassword() };
  if (!(await users.isEmpty().catch(() => false))) return null;
  const { message, undo } = tell(first);
  try {
    await users.add({ ...first, roles: ['administrator'] });
    return message;
  } catch {
    // What is wrong with the store is said by who opened it; another process may also have been first.
    undo();
    return null;
  }
}

/** On a terminal the password is part of the message, elsewhere of a file. @throws Error where that cannot be written. */
export function tellFirstUser(dataDir: string, isTerminal: boolean): (first: FirstUser) => Told {
  return ({ name, password }) => {
    if (isTerminal)
      return {
        message: `First administrator: ${name}, password ${password}  (shown this once; change it after signing in)`,
        undo: () => undefined,
      };
    const file = join(dataDir, 'first-administrator');
    rmSync(file, { force: true }); // of a start that was cut short; what it named was never made
    writeFileSync(file, `${name}\n${password}\n`, { mode: 0o600, flag: 'wx' });
    return {
      message: `The first administrator's password is in ${file}; sign in, change it, and remove the file.`,
      undo: () => rmSync(file, { force: true }),
    };
  };
}
