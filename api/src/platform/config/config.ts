import { z } from 'zod';

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
const webUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !new URL(url).username && !new URL(url).password, {
    message: 'must not hold a password, because URLs end up in logs; set the password variables',
  });

/**
 * Every environment variable that the product reads, with its default. Other `BELTLINE_…` variables are refused, so that
 * a misspelt one is not silently without effect.
 */
export const configSchema = z.object({
  /** Port of the API and the dashboard; 0 = any free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4680),
  /** Address to listen on. The default serves this machine only. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of everything the product keeps: the embedded engines, logs. */
  BELTLINE_DATA: z.string().min(1).default('./.data'),
  /** PostgreSQL by URL; without it the embedded one in the data folder. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** ClickHouse by URL; without it the embedded one in the data folder. */
  CLICKHOUSE_URL: webUrl.optional(),
  CLICKHOUSE_LOADER_USER: z.string().min(1).default('loader'),
  CLICKHOUSE_LOADER_PASSWORD: z.string().default(''),
  CLICKHOUSE_READER_USER: z.string().min(1).default('reader'),
  CLICKHOUSE_READER_PASSWORD: z.string().default(''),
  /** Name of the cluster to create tables on, and whether with replicated engines. */
  CLICKHOUSE_CLUSTER: z.string().optional(),
  CLICKHOUSE_REPLICATED: z.enum(['0', '1']).default('0'),
  /** Business time zone of sources that declare none. */
  BELTLINE_TIME_ZONE: z.string().refine(isTimeZone, 'is no IANA time zone').default('Asia/Shanghai'),
  /** A growth rate on fewer orders than this in the baseline is marked as base too small. */
  BELTLINE_MIN_BASE: z.coerce.number().int().min(0).default(30),
  /** Changes smaller than this ratio count as none, in breadth and in the state of recovery. */
  BELTLINE_DEAD_BAND: z.coerce.number().min(0).max(0.5).default(0.02),
  /** Memory in MB that the sums of one data version may take; of a version that would take more the engine is asked. */
  BELTLINE_SUMS_MB: z.coerce.number().int().min(0).max(100_000).default(256),
  /** Further names under which browsers may address the product, separated by commas (`host` or `host:port`). */
  BELTLINE_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
  /** Order lines of the demo that is loaded on first run. The ETL, which makes them, reads it; here it is checked before anything is started. */
  BELTLINE_DEMO_LINES: z.coerce.number().int().min(10_000).max(50_000_000).default(2_000_000),
  /** Set to anything: a load that fails shows where in the program. */
  BELTLINE_DEBUG: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The configuration, under the names of the variables. */
export type ApiConfig = z.output<typeof configSchema>;

/** The environment holds a value that cannot be used; the message names each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from the environment. An empty variable counts as not set, as in compose files.
 * @throws ConfigError
 */
export function readConfig(environment: NodeJS.ProcessEnv): ApiConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const known = new Set(Object.keys(configSchema.shape));
  const faults = Object.keys(given)
    .filter((name) => name.startsWith('BELTLINE_') && !known.has(name))
    .map((name) => `${name}: there is no such variable`);
  const parsed = configSchema.safeParse(given);
  faults.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (!parsed.success || faults.length > 0) throw new ConfigError(`Configuration: ${faults.join('; ')}.`);
  return parsed.data;
}
