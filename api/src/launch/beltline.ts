/** What `npm run beltline --` runs. */
import 'reflect-metadata';
import { ConfigError, readConfig } from '../platform/config/config.ts';
import { EXIT_CODES } from './command-line.ts';
import { runUsersCommand } from './users-command.ts';

const complain = (text: string) => void process.stderr.write(text);

try {
  process.exitCode = await runUsersCommand(process.argv.slice(2), readConfig(process.env), {
    print: (text) => void process.stdout.write(text),
    complain,
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  complain(`${error.message}\n`);
  process.exitCode = EXIT_CODES.failed;
}
