/**
 * Users and the audit from the host: `npm run beltline -- users add …`. It works on the store itself, so that a locked-out administrator gets
 * back in. The embedded PostgreSQL has one owner, so the product is stopped first, and the store says so; a server is shared.
 */
import { Command, CommanderError, Option } from 'commander';
import { openPostgres, verifyAudit } from '@beltline/sql/postgres';
import { type Role, ROLES } from '@beltline/contract';
import type { DataSource } from 'typeorm';
import { AuditService } from '../access/audit.service.ts';
import { randomPassword } from '../access/passwords.ts';
import { UsersService } from '../access/users.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { EXIT_CODES } from './command-line.ts';

interface Tools {
  readonly store: DataSource;
  readonly users: UsersService;
}
type Print = (text: string) => void;

/** @returns the exit code: 0 done, 1 it could not, and says why, 2 there is no such command. */
export async function runUsersCommand(
  args: readonly string[],
  config: Pick<ApiConfig, 'BELTLINE_DATA' | 'DATABASE_URL'>,
  { print, complain }: { readonly print: Print; readonly complain: Print },
): Promise<number> {
  let code = 0;
  const on: On = async (work) => {
    const opened = await openPostgres({ dataDir: config.BELTLINE_DATA, databaseUrl: config.DATABASE_URL });
    try {
      const fault = opened.damage ?? opened.waiting();
      if (fault) throw fault;
      const store = opened.dataSource;
      code = await work({ store, users: new UsersService(store, new AuditService(store)) });
    } finally {
      await opened.close();
    }
  };
  try {
    // Before there are commands under it, which take it over.
    const program = new Command('npm run beltline --').exitOverride();
    addCommands(program.configureOutput({ writeOut: print, writeErr: complain }), on, print);
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_CODES.failed;
  }
}

type On = (work: (tools: Tools) => Promise<number>) => Promise<void>;

function addCommands(program: Command, on: On, print: Print): void {
  const users = program.command('users').description('who can sign in');
  const roles = new Option('--role <role...>', 'what they are here for').choices(ROLES).makeOptionMandatory();
  users
    .command('add <name>')
    .description('adds a user, and shows a random password once')
    .addOption(roles)
    .option('--source <source...>', 'sources that they may see; "*" = all', [])
    .action((name: string, { role, source }: { role: Role[]; source: string[] }) =>
      on(async (tools) => {
        const password = randomPassword();
        await tools.users.add({ name, password, roles: role, sources: source });
        print(`${name} was added; password ${password}\n`);
        return 0;
      }),
    );
  users
    .command('list')
    .description('all users, with what they were given')
    .action(() =>
      on(async (tools) => {
        for (const { name, disabledAt, grants } of await tools.users.all()) {
          const given = grants.map(({ kind, value }) => `${kind}:${value}`).sort();
          print(`${[name, disabledAt === null ? 'enabled' : 'disabled', ...given].join('\t')}\n`);
        }
        return 0;
      }),
    );
  users
    .command('disable <name>')
    .description('signs a user out everywhere, and lets them in no more')
    .action((name: string) =>
      on(async (tools) => {
        await tools.users.disable(name);
        print(`${name} is disabled\n`);
        return 0;
      }),
    );
  users
    .command('reset <name>')
    .description(
      'gives a user a new random password, shown once, lets them in again, and signs them out everywhere',
    )
    .action((name: string) =>
      on(async (tools) => {
        const password = randomPassword();
        await tools.users.reset(name, password);
        print(`${name} has a new password: ${password}\n`);
        return 0;
      }),
    );
  program
    .command('audit')
    .description('records of who did what')
    .command('verify')
    .description('follows the chain of the audit; ends with 1 where it is broken')
    .action(() =>
      on(async ({ store }) => {
        const { records, head, broken } = await verifyAudit(store);
        print(`${records} records, the newest digest is ${head ?? 'none'}\n`);
        if (broken) print(`The chain is broken at record ${broken.position}: ${broken.reason}.\n`);
        return broken ? EXIT_CODES.failed : 0;
      }),
    );
}
