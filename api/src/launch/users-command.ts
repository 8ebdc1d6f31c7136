/**
 * Users and the audit from the host: `npm run beltline -- users add …`. It works on the store itself, so that a locked-out administrator gets
 * back in. The embedded PostgreSQL has one owner, so the product is stopped first, and the store says so; a server is shared.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { openPostgres, prepareServer, verifyAudit } from '@beltline/sql/postgres';
import { type Role, ROLES, userName } from '@beltline/contract';
import type { DataSource } from 'typeorm';
import { AuditService } from '../access/audit.service.ts';
import { leasesOver } from '../access/leased-count.ts';
import { randomPassword } from '../access/passwords.ts';
import { UsersService } from '../access/users.service.ts';
import { carryOut, planOf } from '../access/user-import.service.ts';
import type { ApiConfig } from '../platform/config/config.ts';
import { installQueues } from '../platform/jobs.ts';
import { EXIT_CODES } from './command-line.ts';
import { addReports } from './reports-command.ts';
import { keepLinks, type LinkSettings, nameOfPlan, planInWords, readUsersFile } from './users-import.ts';

interface Tools {
  readonly store: DataSource;
  readonly audit: AuditService;
  readonly users: UsersService;
}
type Print = (text: string) => void;
type Settings = Pick<ApiConfig, 'BELTLINE_DATA' | 'DATABASE_URL' | 'DATABASE_OWNER_URL'> & LinkSettings;

/**
 * `open`: what opens the store, which is closed again by the end of the command.
 * @returns the exit code: 0 done, 1 it could not, and says why, 2 there is no such command.
 */
export async function runUsersCommand(
  args: readonly string[],
  config: Settings,
  { print, complain }: { readonly print: Print; readonly complain: Print },
  open: typeof openPostgres = openPostgres,
): Promise<number> {
  let code = 0;
  const on: On = async (work) => {
    const opened = await open({ dataDir: config.BELTLINE_DATA, databaseUrl: config.DATABASE_URL });
    try {
      const fault = opened.damage ?? opened.waiting();
      if (fault) throw fault;
      const store = opened.dataSource;
      const audit = new AuditService(store);
      code = await work({ store, audit, users: new UsersService(store, audit) });
      // When the command ends, what it did is so for every process of the product.
      if (config.DATABASE_URL !== undefined) await leasesOver();
    } finally {
      await opened.close();
    }
  };
  try {
    // Before there are commands under it, which take it over.
    const program = new Command('npm run beltline --').exitOverride();
    const users = addCommands(program.configureOutput({ writeOut: print, writeErr: complain }), on, print);
    addImport(users, on, { config, print, complain });
    addReports(program, on, print);
    addStore(program, config, print);
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_CODES.failed;
  }
}

/** A name as the page takes it. @throws InvalidArgumentError. */
function nameFrom(given: string): string {
  const { success, data, error } = userName.safeParse(given);
  if (success) return data;
  throw new InvalidArgumentError(`The name of a user ${error.issues[0]?.message ?? 'cannot be that'}.`);
}

type On = (work: (tools: Tools) => Promise<number>) => Promise<void>;

/** @returns the command `users`. */
function addCommands(program: Command, on: On, print: Print): Command {
  const users = program.command('users').description('who can sign in');
  const roles = new Option('--role <role...>', 'what they are here for').choices(ROLES).makeOptionMandatory();
  users
    .command('add')
    .argument('<name>', 'under which they sign in', nameFrom)
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
  return users;
}

function addStore(program: Command, config: Settings, print: Print): void {
  program
    .command('store')
    .description('the PostgreSQL server of users, audit and notes')
    .command('prepare')
    .description(
      'as DATABASE_OWNER_URL, makes the tables or brings them up to this version, and lets the account of DATABASE_URL do with them what the program does',
    )
    .action(async () => {
      const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: databaseUrl } = config;
      if (ownerUrl === undefined || databaseUrl === undefined)
        throw new Error(
          'Set DATABASE_OWNER_URL, as whom the tables are made, and DATABASE_URL, as whom the program works: they are two accounts of one database.',
        );
      const { account, tables } = await prepareServer({ ownerUrl, databaseUrl, installJobs: installQueues });
      print(`${tables.length} tables are as this version has them; ${account} may work with them\n`);
    });
}

interface ImportOptions {
  readonly dryRun?: true;
  readonly plan?: string;
  readonly links?: string;
}

function addImport(
  users: Command,
  on: On,
  { config, print, complain }: { readonly config: Settings; readonly print: Print; readonly complain: Print },
): void {
  users
    .command('import <file>')
    .description('adds and changes users by a CSV file, all or nothing; docs/operations.md says its columns')
    .option('--dry-run', 'only says what the file would do, and the name of that plan')
    .option('--plan <name>', 'carries out this plan alone, as a dry run named it')
    .option('--links <file>', 'writes the links of who is added into a new file of mode 600, and shows none')
    .action(async (file: string, { dryRun, plan, links }: ImportOptions) => {
      const bytes = readUsersFile(file);
      return on(async ({ store, audit }) => {
        const planned = await planOf(store.manager, bytes, null);
        (planned.refused.length > 0 ? complain : print)(planInWords(planned));
        if (planned.refused.length > 0) return EXIT_CODES.failed;
        if (plan !== undefined && plan !== nameOfPlan(planned.etag ?? '')) {
          complain('This is not the plan of that name any more: nothing was done.\n');
          return EXIT_CODES.failed;
        }
        if (dryRun || planned.etag === null) return 0;
        const keep = keepLinks(links, config, print);
        const { etag } = planned;
        const done = await carryOut(store, audit, { bytes, etag, by: {} });
        print(`${done.added.length} added, ${done.changed} changed\n`);
        keep(done.added);
        return 0;
      });
    });
}
