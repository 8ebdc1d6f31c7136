/**
 * What `main.js` and `beltline.js` begin with. It imports nothing: where a file of the program is missing, or too many are open, Node
 * ends with a stack that calls packages missing which are there.
 */

/** As `EXIT_CODES.failed`, which may not be readable either. */
const FAILED = 1;

/** Reads the rest of the program; where that fails it ends the process, and says what helps. */
export async function readProgram<P>(read: () => Promise<P>): Promise<P> {
  return read().catch((error: unknown) => {
    process.stderr.on('error', () => undefined);
    // Node may add a line that guesses at another file.
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(
      `The program cannot be read, so nothing was begun: ${reason}\n` +
        'Where too many files are open, allow more (ulimit -n 4096; LimitNOFILE= of a systemd unit); else install and build it again.\n',
    );
    process.exit(FAILED);
  });
}
