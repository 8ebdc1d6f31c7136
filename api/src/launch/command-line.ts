/** The command line of the product, which has no options but for help: what can be set is in the environment. */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { configSchema } from '../platform/config/config.ts';

/** As in docs/operations.md: 1 it could not start or go on, and says why; 2 there is no such argument, and nothing was started. */
export const EXIT_CODES = { failed: 1, usage: 2 } as const;

/** What the command line stands on, so that it can be told without a product. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Starts the product; ends once it runs. */
  readonly serve: (environment: NodeJS.ProcessEnv) => Promise<void>;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Starts the product, or says what it is where help is asked for.
 * @param args those behind the program's name
 * @returns the exit code where the process is to end by it; null where help was given, or the product runs.
 */
export async function runProduct(
  args: readonly string[],
  { environment, serve, print, complain }: Surroundings,
): Promise<number | null> {
  const program = new Command('npm start --')
    .usage('[--help]')
    .description(
      'Starts Beltline (产业带复苏监测): the API and the dashboard, with a ClickHouse and a PostgreSQL of its own where no\n' +
        'server is named. A first start makes demo orders and loads them. It runs until Ctrl-C or SIGTERM ends it.',
    )
    .configureOutput({ writeOut: print, writeErr: complain })
    .showHelpAfterError('What there is: npm start -- --help')
    .addHelpText('after', () => settingsHelp(environment))
    .exitOverride()
    .action(() => serve(environment));
  try {
    await program.parseAsync(args, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? null : EXIT_CODES.usage;
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_CODES.failed;
  }
}

function settingsHelp(environment: NodeJS.ProcessEnv): string {
  const { PORT, HOST } = configSchema.shape;
  const port = environment['PORT'] || PORT.parse(undefined);
  const host = environment['HOST'] || HOST.parse(undefined);
  const shown = ['PORT', 'HOST', 'BELTLINE_DATA'];
  const others = Object.keys(configSchema.shape).filter((name) => !shown.includes(name));
  return `
Settings are environment variables; docs/operations.md says what each means.
  PORT, HOST     where API and dashboard listen; here: ${port}, ${host}
  BELTLINE_DATA  data directory; here: ${resolve(environment['BELTLINE_DATA'] || '.data')}
  further:       ${wrapped(others)}

For example: PORT=4681 BELTLINE_DATA=/srv/beltline npm start
Orders are loaded by another command: npm run etl -- --help

Exit codes: 0 ended by a signal; 1 could not start, and says why; 2 no such argument: nothing was started.`;
}

const LINE_WIDTH = 90;

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = lines.at(-1) as string;
    if (line.length + name.length > LINE_WIDTH) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`;
  }
  return lines.join(`,\n${' '.repeat(17)}`);
}
