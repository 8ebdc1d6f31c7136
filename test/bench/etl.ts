/**
 * `npm run bench -- etl [--lines 4000000] [--runs 2]`: how fast is a load, all of it, against the engine's own bare insert
 * of the same lines into the same typed table? All in one run, since the machine's other work weighs on all; the fastest
 * of each kind are compared.
 *
 * Bare: `INSERT INTO … FORMAT CSVWithNames` with the engine's own settings, streamed over HTTP from a file without the
 * spoiled rows (they would end it), into a copy of the facts table (what the file does not have takes its default). Beside
 * it the same into a plain table of the file's 19 columns alone, with which a load has less in common: a lower bound.
 * Load: the whole job on the file with them, as a person starts it: comparing with earlier loads, landing, checks,
 * quarantine, deduplication, reconciliation, rollups and verification. All into tables that are there and empty, the file
 * in the page cache; what a measurement wrote is deleted when all are done, because a file system that has just deleted
 * thousands of files creates others at half the speed. Peak memory: of the ETL's process (VmHWM) and of the engine's.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Engine, openEngine } from '@beltline/sql/engine';
import { generateDemo } from '@beltline/etl/demo';

const CLI = fileURLToPath(import.meta.resolve('@beltline/etl/cli'));

/** Where a bare insert goes, made in tables as migrated; each under the name `beltline.bare`. */
const BARE_TABLES = {
  facts: [
    'CREATE TABLE beltline.bare AS beltline.order_lines',
    "ALTER TABLE beltline.bare MODIFY COLUMN placed_day DEFAULT toDate(placed_at, 'Asia/Shanghai')",
  ],
  columns: [
    `CREATE TABLE beltline.bare
    (
        order_id String, line_no UInt32, placed_at DateTime('Asia/Shanghai'), paid_at Nullable(DateTime('Asia/Shanghai')),
        dispatched_at Nullable(DateTime('Asia/Shanghai')), delivered_at Nullable(DateTime('Asia/Shanghai')),
        updated_at DateTime('Asia/Shanghai'), status LowCardinality(String), merchant_id String, buyer_id String,
        buyer_type LowCardinality(String), buyer_country LowCardinality(String), destination_country LowCardinality(String),
        channel LowCardinality(String), sku_id String, quantity UInt32, amount Decimal(18, 2), refund_amount Decimal(18, 2),
        options LowCardinality(String)
    )
    ENGINE = MergeTree PARTITION BY toYYYYMM(placed_at) ORDER BY (merchant_id, order_id, line_no)`,
  ],
} as const;

interface Measured {
  readonly seconds: number;
  readonly rows: number;
  readonly engineMb: number;
  readonly processMb: number;
  /** Processor time of engine and process together, which other work on the machine disturbs less than the clock. */
  readonly cpuSeconds: number;
}

export async function benchEtl(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { lines: { type: 'string', default: '4000000' }, runs: { type: 'string', default: '2' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'beltline-bench-'));
  try {
    console.log(
      `Machine: ${cpus().length} × ${cpus()[0]?.model}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`,
    );
    const files = await writeFiles(folder, Number(values.lines));
    console.log(`File: ${(statSync(files.all).size / 1e6).toFixed(0)} MB, ${files.rows} lines of 19 columns`);
    const kinds = {
      'bare insert, facts table': (dir: string) => measureBare(dir, files.good, 'facts'),
      'bare insert, 19 columns': (dir: string) => measureBare(dir, files.good, 'columns'),
      load: (dir: string) => measureLoad(dir, folder, files.rows),
    };
    const fastest = new Map<string, number>();
    for (let run = 1; run <= Number(values.runs); run++) {
      for (const [name, measure] of Object.entries(kinds)) {
        const measured = await measure(join(folder, `${name.replace(/\W+/g, '-')}-${run}`));
        print(`${name}, run ${run}`, measured);
        fastest.set(name, Math.max(fastest.get(name) ?? 0, measured.rows / measured.seconds));
      }
    }
    const load = fastest.get('load') ?? 0;
    fastest.delete('load');
    for (const [name, speed] of fastest)
      console.log(
        `ratio of load to ${name}: ${(load / speed).toFixed(2)} (fastest of ${values.runs} runs each)`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(name: string, { seconds, rows, engineMb, processMb, cpuSeconds }: Measured): void {
  const memory = `processor ${cpuSeconds.toFixed(1)} s; peak memory: engine ${engineMb.toFixed(0)} MB, process ${processMb.toFixed(0)} MB`;
  console.log(
    `${name.padEnd(32)} ${seconds.toFixed(2).padStart(7)} s ${Math.round(rows / seconds)
      .toString()
      .padStart(9)} rows/s; ${memory}`,
  );
}

/** The demo's lookups, and its orders in one file: with the spoiled rows, and without. */
async function writeFiles(
  folder: string,
  lines: number,
): Promise<{ all: string; good: string; rows: number }> {
  const out = join(folder, 'demo');
  const manifest = await generateDemo({ out, lines });
  const months = (await readdir(out)).filter((name) => name.startsWith('orders-')).sort();
  const all = join(out, 'orders-all.csv');
  const good = join(folder, 'good.csv');
  const writers = { all: createWriteStream(all), good: createWriteStream(good) };
  let first = true;
  for (const name of months) {
    let header = true;
    let texts: string[] = [];
    let goods: string[] = [];
    for await (const line of createInterface({ input: createReadStream(join(out, name)) })) {
      if (!header || first) texts.push(line);
      if (header ? first : isUsual(line)) goods.push(line);
      header = false;
      first = false;
    }
    for (const [writer, rows] of [
      [writers.all, texts],
      [writers.good, goods],
    ] as const) {
      if (!writer.write(`${rows.join('\n')}\n`))
        await new Promise<void>((resolve) => writer.once('drain', () => resolve()));
    }
    texts = goods = [];
    rmSync(join(out, name));
  }
  await Promise.all(
    Object.values(writers).map((writer) => new Promise<void>((resolve) => writer.end(() => resolve()))),
  );
  return { all, good, rows: manifest.orderRows.read };
}

/** False for the rows that the generator spoilt in a way that ends an insert. */
function isUsual(line: string): boolean {
  const placed = /^[^,"]+,\d+,(\S{10} \S{8}),(?:[^,"]*,){12}\d+,\d+(?:\.\d{1,2})?,[^,"]*,[^,"]*$/.exec(
    line,
  )?.[1];
  const date = new Date(`${placed}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === placed?.replace(' ', 'T');
}

async function measureBare(
  dataDir: string,
  file: string,
  table: keyof typeof BARE_TABLES,
): Promise<Measured> {
  return withEngine(dataDir, async (engine, used) => {
    const client = engine.client('loader', 'default');
    for (const query of BARE_TABLES[table]) await client.command({ query });
    await pipeline(createReadStream(file), async (chunks) => {
      for await (const _ of chunks); // into the page cache
    });
    const idle = await used();
    const begun = performance.now();
    const own = process.cpuUsage();
    const result = await client.exec({
      query: 'INSERT INTO beltline.bare FORMAT CSVWithNames',
      values: createReadStream(file, { highWaterMark: 1 << 20 }),
      clickhouse_settings: { async_insert: 0 },
    });
    for await (const _ of result.stream); // the answer comes when all is written
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(own);
    const { cpuSeconds, engineMb } = await used();
    const count = await client.query({
      query: 'SELECT count() AS rows FROM beltline.bare',
      format: 'JSONEachRow',
    });
    const [row] = await count.json<{ rows: string }>();
    await client.close();
    const processMb = peakOf(process.pid);
    return {
      seconds,
      rows: Number(row?.rows),
      engineMb,
      processMb,
      cpuSeconds: cpuSeconds - idle.cpuSeconds + (user + system) / 1e6,
    };
  });
}

async function measureLoad(dataDir: string, folder: string, rows: number): Promise<Measured> {
  return withEngine(dataDir, async (_, used) => {
    const args = [CLI, 'load', 'demo', '--files', join(folder, 'demo'), '--quiet', '--json'];
    const env = { ...process.env, BELTLINE_DATA: dataDir, CLICKHOUSE_URL: '', NODE_OPTIONS: '' };
    const process_ = { engineMb: 0, cpuSeconds: 0 };
    const idle = await used();
    const begun = performance.now();
    const child = spawn(process.execPath, args, {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const watch = setInterval(() => Object.assign(process_, usageOf(child.pid ?? 0)), 100);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    const seconds = (performance.now() - begun) / 1000;
    clearInterval(watch);
    if (code !== 0) throw new Error(`The load ended with ${String(code)}: ${output}`);
    const { cpuSeconds, engineMb } = await used();
    return {
      seconds,
      rows,
      engineMb,
      processMb: process_.engineMb,
      cpuSeconds: cpuSeconds - idle.cpuSeconds + process_.cpuSeconds,
    };
  });
}

type Usage = Pick<Measured, 'engineMb' | 'cpuSeconds'>;

/** An engine of its own for each measurement, with the tables as migrated, and what it has used so far. */
async function withEngine(
  dataDir: string,
  work: (engine: Engine, used: () => Promise<Usage>) => Promise<Measured>,
): Promise<Measured> {
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  try {
    const env = { ...process.env, BELTLINE_DATA: dataDir, CLICKHOUSE_URL: '', NODE_OPTIONS: '' };
    execFileSync(process.execPath, [CLI, 'status'], { env }); // creates the tables
    return await work(engine, async () => usageOf(await enginePid(dataDir)) as Usage);
  } finally {
    await engine.close();
  }
}

/** The engine is this process's child whose command line names the data directory. */
async function enginePid(dataDir: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--path=${join(dataDir, 'clickhouse')}`))
        return Number(name);
    } catch {
      continue; // a process that ended in between
    }
  }
  return 0;
}

/** What a process has used so far; nothing where it is gone. */
function usageOf(pid: number): Usage | Record<string, never> {
  try {
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { engineMb: peakOf(pid), cpuSeconds: (Number(ticks[11]) + Number(ticks[12])) / 100 };
  } catch {
    return {};
  }
}

/** Greatest resident memory of a process so far, in MB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1])
  await benchEtl(process.argv.slice(2));
