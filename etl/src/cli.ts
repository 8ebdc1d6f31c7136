#!/usr/bin/env node
/**
 * Where the program begins. It imports nothing before it can say what became of that: Node ends with 1 where a file of the
 * program is missing or too many are open, and 1 says that a file of orders was refused.
 */

/** As in `EXIT_CODES`, which may not be readable either. */
const UNEXPECTED = 4;

const program = await import('./command-line.ts').catch((error: unknown) => {
  process.stderr.on('error', () => undefined);
  process.stderr.write(
    `The program cannot be read, so nothing was begun: ${error instanceof Error ? error.message : String(error)}\n` +
      'Where too many files are open, allow more (ulimit -n); else install and build it again.\n',
  );
  process.exit(UNEXPECTED);
});
await program.runCommandLine();
