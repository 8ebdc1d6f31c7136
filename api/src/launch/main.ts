/** The product where it is already built, as in a container: no preparation, only what was asked for. */
import { runProduct } from './command-line.ts';
import { serve } from './serve.ts';

const code = await runProduct(process.argv.slice(2), {
  environment: process.env,
  serve,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
if (code !== null) process.exit(code);
