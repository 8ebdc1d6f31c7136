/** What `npm run beltline --` runs. */
import { readProgram } from './read-program.ts';

const [{ ConfigError, readConfig }, { EXIT_CODES }, { runUsersCommand }] = await readProgram(async () => {
  await import('reflect-metadata');
  return Promise.all([
    import('../platform/config/config.ts'),
    import('./command-line.ts'),
    import('./users-command.ts'),
  ]);
});
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
