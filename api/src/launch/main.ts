/** The product where it is already built, as in a container: no preparation, only what was asked for. */
import { readProgram } from './read-program.ts';

const [{ runProduct }, { serve }] = await readProgram(() =>
  Promise.all([import('./command-line.ts'), import('./serve.ts')]),
);
const code = await runProduct(process.argv.slice(2), {
  environment: process.env,
  serve,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
if (code !== null) process.exit(code);
