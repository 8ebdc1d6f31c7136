/** `npm run bench -- <name> [arguments]`: one benchmark by name. */
type Benchmark = (args: readonly string[]) => Promise<void>;

const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  api: async () => (await import('./api.ts')).benchApi,
  peers: async () => (await import('./peers.ts')).benchPeers,
  etl: async () => (await import('./etl.ts')).benchEtl,
  indicators: async () => (await import('./indicators.ts')).benchIndicators,
  states: async () => (await import('./states.ts')).benchStates,
  sums: async () => (await import('./sums.ts')).benchSums,
  trust: async () => (await import('./trust.ts')).benchTrust,
  disclosure: async () => (await import('./disclosure.ts')).benchDisclosure,
  official: async () => (await import('./official.ts')).benchOfficial,
  door: async () => (await import('./door.ts')).benchDoor,
  standing: async () => (await import('./standing.ts')).benchStanding,
  nowcast: async () => (await import('./nowcast.ts')).benchNowcast,
  reports: async () => (await import('./reports.ts')).benchReports,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = await BENCHMARKS[name]?.();
if (!benchmark) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [arguments]\n`);
  process.exit(1);
}
await benchmark(args);
