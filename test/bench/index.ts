/** `npm run bench -- <name>`: one benchmark by name. */
const BENCHMARKS: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  api: async () => (await import('./api.ts')).benchApi,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [arguments]\n`);
  process.exit(1);
}
await (
  await benchmark()
)(args);
