/**
 * The product as one process: engine, migrations, API with dashboard, and on first run the demo orders. Whatever ends this
 * process ends its children: the engine and the loader live as long as their channel to it.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { journalGaps, migrateClickHouse, topologyOf } from '@beltline/sql/clickhouse';
import { type EngineLocation, engineLocation, openToOthers } from '@beltline/sql/engine';
import { tellFirstUser } from '../access/first-users.ts';
import { createBeltlineApi } from '../app.ts';
import { type ApiConfig, readConfig } from '../platform/config/config.ts';
import { Ending, endOnSignals } from './ending.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { assertEngineUsers } from './engine-users.ts';
import { assertAddressIsFree } from './free-address.ts';
import { type Loader, type LoaderTask, pendingTask, startLoader } from './loader.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const say = (message: string) => console.log(message);

/**
 * Runs until a signal ends it. @throws Error with a message for the person at the terminal: a port that is taken, a data
 * directory in use, a setting that is wrong.
 */
export async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  const ending = new Ending({ exit: (code) => process.exit(code) });
  endOnSignals(ending);
  try {
    await start(environment, ending);
  } catch (error) {
    // Closed by who asked for the end, whom what fails meanwhile need not trouble.
    if (ending.signal.aborted) return;
    await ending.close();
    throw error;
  } finally {
    ending.settled();
  }
}

/** @throws Error where it cannot start, or the end was asked for meanwhile. */
async function start(environment: NodeJS.ProcessEnv, ending: Ending): Promise<void> {
  const started = Date.now();
  const { signal } = ending;
  const config = readConfig(environment);
  await assertAddressIsFree(config);
  const location = engineLocation(config);
  const engine = await EngineSupervisor.start(location, { onWait: say, onRestart: say, signal });
  ending.opened(() => engine.close());
  if (mayMigrate(config)) await migrate(engine, config);
  if (location.kind === 'remote') await assertEngineUsers(location, (role) => engine.client(role));
  warnOfOthers(location);
  const task: LoaderTask = location.kind === 'embedded' ? await pendingTask(engine.client('reader')) : 'none';
  const gaps = location.kind === 'embedded' ? await journalGaps(engine.client('reader')) : [];
  signal.throwIfAborted();
  const dataDir = resolve(config.BELTLINE_DATA);
  let loader: Loader = { running: () => false, stop: async () => undefined };
  const api = await createBeltlineApi({
    engine,
    dataDir,
    config,
    loading: () => loader.running(),
    dashboardDir: join(root, 'dashboard', 'dist'),
  });
  ending.opened(() => api.close());
  for (const message of [api.moved, api.damage, ...gaps, await api.lostSecrets()]) if (message) say(message);
  const first = await api
    .firstAdministrator(tellFirstUser(dataDir, process.stdout.isTTY))
    .catch(
      (error: Error) =>
        `Nobody can sign in yet, because the password of a first administrator could not be kept (${error.message}). ` +
        'Make one yourself: npm run beltline -- users add admin --role administrator',
    );
  await api.settleDemoUsers();
  signal.throwIfAborted();
  const address = await api.listen(config.PORT, config.HOST);
  say(`Beltline 产业带复苏监测: ${address}  (data in ${dataDir}; Ctrl-C ends it)`);
  if (first) say(first);
  if (task === 'load-demo')
    say('First run: making the demo orders and loading them. The dashboard shows them when they are in.');
  loader = startLoader({
    root,
    task,
    environment,
    onEnd: (code) => reportLoad(task, code, started),
  });
  ending.opened(() => loader.stop());
  api.startReleases();
}

function warnOfOthers(location: EngineLocation): void {
  const warning = location.kind === 'embedded' ? openToOthers(location.dataDir) : null;
  if (warning) say(warning);
}

async function migrate(engine: EngineSupervisor, config: ApiConfig): Promise<void> {
  const client = engine.migrator();
  try {
    const { descriptions, place } = engine;
    await migrateClickHouse(client, { topology: topologyOf(config), onNews: say, descriptions, place });
  } finally {
    await client.close();
  }
}

/** With a server elsewhere the API may hold the passwords of who reads alone; then the ETL migrates. */
const mayMigrate = (config: ApiConfig): boolean =>
  config.CLICKHOUSE_URL === undefined || config.CLICKHOUSE_LOADER_PASSWORD !== '';

function reportLoad(task: LoaderTask, code: number | null, started: number): void {
  if (code === 0) say(`Ready after ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  else if (task === 'load-demo')
    say('The demo orders were not loaded (see above). Run: npm run etl -- load demo');
}
