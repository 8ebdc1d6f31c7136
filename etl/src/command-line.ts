/** The command line of the ETL. What a command does is in `commands/`; how a program ends, in `load-error.ts`. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import {
  check,
  draft,
  generate,
  listAll,
  listRejects,
  load,
  preview,
  purge,
  rebuild,
  recoverKilled,
  replace,
  showStatus,
  undo,
  verify,
} from './commands/index.ts';
import { keepToTheCodes, runCommand } from './commands/run-command.ts';
import { EXIT_CODES } from './jobs/load/load-error.ts';

const program = new Command('beltline-etl')
  .description('Loads orders into Beltline: checked, exactly once, reconciled.')
  .option(
    '--source-folder <dir>',
    'a source of your own (or a folder with several), instead of those that ship',
  )
  .exitOverride()
  .showHelpAfterError();

/** Larger ones are not told apart, and there are as many of nothing. */
const whole = (text: string): number => {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number <= Number.MAX_SAFE_INTEGER))
    throw new InvalidArgumentError(`expected a whole number up to ${Number.MAX_SAFE_INTEGER}`);
  return number;
};

program
  .command('load')
  .description('load files of a source; `demo` without --files makes its own orders first')
  .argument('<source>', 'name of the source, see `sources`')
  .option('--files <path...>', 'files, folders or globs')
  .option('--corrected <file>', 'rejected rows that were corrected, see `rejects`')
  .option('--lines <n>', 'demo without --files: order lines to generate', whole)
  .option('--wait', 'wait for another load to finish (default)')
  .option('--no-wait', 'end at once when another load is running')
  .option('--keep-old-lines', 'let lines stay that a mapping of before read and these files do not bring')
  .option('--again', 'read also what is loaded already: where something of it was lost')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .action((source: string, options) =>
    runCommand((context) => load(context, source, { ...program.opts(), ...options })),
  );

program
  .command('generate')
  .description('write demo orders without loading them')
  .argument('<source>', 'demo')
  .requiredOption('--out <dir>', 'folder to write')
  .option('--lines <n>', 'order lines', whole)
  .option('--seed <n>', 'same seed, same bytes', whole)
  .option('--quiet', 'no progress')
  .action((source: string, options) => runCommand((context) => generate(context, source, options)));

program
  .command('sources')
  .description('list the sources that can be loaded')
  .action(() => runCommand((context) => listAll(context, program.opts())));

program
  .command('status')
  .description('show the latest loads')
  .option('--json', 'as JSON')
  .action((options) => runCommand((context) => showStatus(context, options)));

program
  .command('rejects')
  .description('the rows that a batch rejected, and why')
  .argument('<batch>', 'number of the batch, see `status`', whole)
  .option('--csv', 'those of orders as CSV, to correct and load again with load --corrected')
  .option('--out <file>', 'with --csv: write it there, where no such file is')
  .action((batch: number, options) => runCommand((context) => listRejects(context, batch, options)));

program
  .command('check')
  .description('check source.yaml and the SELECTs of a source, without data')
  .argument('<source>', 'name of the source')
  .action((source: string) => runCommand((context) => check(context, source, program.opts())));

program
  .command('preview')
  .description('what a load of these files would do: rows as mapped, rejects, months, belts; changes nothing')
  .argument('<source>', 'name of the source')
  .option('--files <path...>', 'files, folders or globs')
  .option('--corrected <file>', 'as in load')
  .option('--wait', 'wait for another load to finish (default)')
  .option('--no-wait', 'end at once when another load is running')
  .option('--keep-old-lines', 'as in load')
  .option('--again', 'as in load')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .action((source: string, options) =>
    runCommand((context) => preview(context, source, { ...program.opts(), ...options })),
  );

program
  .command('replace')
  .description('load files as all that is in force of some months: other lines of them are withdrawn')
  .argument('<source>', 'name of the source, see `sources`')
  .requiredOption('--from <month>', 'the first month, as 2024-03')
  .requiredOption('--to <month>', 'the last month')
  .requiredOption('--files <path...>', 'files, folders or globs')
  .option('--empty-months', 'let months that the files bring no line of be left without any')
  .option('--dry-run', 'only tell what would change, as preview does')
  .option('--reason <text>', 'kept with the act')
  .option('--keep-old-lines', 'as in load')
  .option('--wait', 'wait for another load to finish (default)')
  .option('--no-wait', 'end at once when another load is running')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .action((source: string, options) =>
    runCommand((context) => replace(context, source, { ...program.opts(), ...options })),
  );

program
  .command('undo')
  .description('take a batch back: what it replaced is in force again, as a version of its own')
  .argument('<batch>', 'number of the batch, see `status`', whole)
  .option('--with-later', 'and every batch of the source after it')
  .option('--dry-run', 'only tell what would change')
  .option('--reason <text>', 'kept with the act')
  .option('--wait', 'wait for another load to finish (default)')
  .option('--no-wait', 'end at once when another load is running')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .action((batch: number, options) => runCommand((context) => undo(context, batch, options)));

program
  .command('purge')
  .description('take all of a source out of force, as a version of its own')
  .argument('<source>', 'name of the source')
  .option('--dry-run', 'only tell what would change')
  .option('--reason <text>', 'kept with the act')
  .option('--wait', 'wait for another load to finish (default)')
  .option('--no-wait', 'end at once when another load is running')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .action((source: string, options) => runCommand((context) => purge(context, source, options)));

program
  .command('new')
  .description('make the folder of a source from the header and the first rows of one of its files')
  .argument('<source>', 'name of the source')
  .requiredOption(
    '--from <file>',
    'a file of orders: delimited text with a header, packed or not, or a workbook (.xlsx)',
  )
  .action((source: string, options) =>
    runCommand((context) => draft(context, source, { ...program.opts(), ...options })),
  );

program
  .command('recover')
  .description('complete or give up what a killed load left behind')
  .action(() => runCommand((context) => recoverKilled(context)));

program
  .command('verify')
  .description('compare everything that is stored with what was committed; changes nothing')
  .option('--quiet', 'no progress')
  .option('--json', 'the result as one line of JSON on standard output')
  .option('--newest', 'end with 0 where only figures as of earlier data versions are damaged')
  .action((options) => runCommand((context) => verify(context, options)));

program
  .command('rebuild')
  .description('roll up again what was lost or damaged of the figures of a source')
  .argument('<source>', 'name of the source')
  .option('--quiet', 'no progress')
  .action((source: string, options) => runCommand((context) => rebuild(context, source, options)));

/** Runs the command that the program was called with. */
export async function runCommandLine(): Promise<void> {
  keepToTheCodes();
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
  }
}
