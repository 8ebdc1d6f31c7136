/**
 * The environment variables of the whole product. Server, loader and every command of the ETL share one environment and refuse what is wrong in it
 * alike, so that a misspelt or mistaken setting is nowhere silently without effect.
 */
import { lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

/** Below this there are fewer orders than distribution merchants and months to calibrate. */
export const FEWEST_DEMO_LINES = 10_000;
/** Twenty times the demo. Without a bound a slip of the finger draws a world that is never done. */
export const MOST_DEMO_LINES = 50_000_000;

/** In a minute; more is as good as no limit. */
const MOST_REQUESTS = 1_000_000_000;

/** Whether a name is one of the IANA time zones, in its own capitals: Node takes `asia/shanghai` too, and the engine does not. */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    const isMisspelt = timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
    return !isMisspelt && !/^[+-]/.test(name); // an offset is no time zone: it knows no summer time
  } catch {
    return false;
  }
}

/**
 * Why no folder is at a path and none can be made there; null where one is or can be. What may not be looked at is left to who uses it.
 */
function noFolder(path: string): string | null {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      const found = statSync(at, { throwIfNoEntry: false });
      if (found !== undefined)
        return found.isDirectory()
          ? null
          : 'is a file, or below one; it must be a folder, or where one can be made';
      // What lies on a disk that is away is not what was never loaded, and no folder can be made in its place.
      if (lstatSync(at, { throwIfNoEntry: false })) return LEADS_NOWHERE;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ELOOP') return LEADS_NOWHERE;
      if (code === 'ENAMETOOLONG') return 'is longer than the name of a folder can be';
      if (code !== 'ENOTDIR') return null; // else a file is above, which comes next
    }
    if (at === dirname(at)) return null;
  }
}

const LEADS_NOWHERE = 'is a link that leads nowhere, or below one: is its disk mounted?';

const URL_NEEDED = 'must be a URL such as http://clickhouse:8123';
const webUrl = z
  .url({ protocol: /^https?$/, error: URL_NEEDED, abort: true })
  .refine((url) => !new URL(url).username && !new URL(url).password, {
    message: 'must not hold a password, because URLs end up in logs; set the password variables',
  });

/** A number as people write one: JavaScript would also take 0x1500 and 1e3, which nobody means here. */
const written = (digits: RegExp, error: string) =>
  z.string({ error }).trim().regex(digits, { error, abort: true }).transform(Number);

const SHARE = { error: 'must be a number from 0 to 0.5' };
const ratio = written(/^\d+(\.\d+)?$/, SHARE.error).pipe(z.number().min(0, SHARE).max(0.5, SHARE));

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return written(/^\d+$/, error).pipe(z.number().min(least, { error }).max(most, { error }));
};

/** Parts of a merchant's rank. */
const RANKED = ['goods', 'service', 'fulfilment', 'after-sales', 'new-products', 'hits', 'price'];
const WEIGHTS_NEEDED = `must name each of ${RANKED.join(', ')} once, as goods=1 service=2.5 …, from 0 to 1000 and one above 0`;
/** As `goods=1 service=2.5 …`, in any order. */
const rankWeights = z.string().refine((text) => {
  const parts = text
    .trim()
    .split(/\s+/)
    .map((part) => /^([a-z-]+)=(\d+(?:\.\d+)?)$/.exec(part));
  const weights = new Map(parts.map((part) => [part?.[1], Number(part?.[2] ?? NaN)]));
  const isRight = RANKED.every(
    (name) => (weights.get(name) ?? NaN) >= 0 && (weights.get(name) ?? NaN) <= 1_000,
  );
  return parts.length === RANKED.length && isRight && [...weights.values()].some((weight) => weight > 0);
}, WEIGHTS_NEEDED);

const SMTP_NEEDED =
  'must be the URL of a mail server such as smtp://reports@mail.example:587 or smtps://mail.example';
const MAIL_FROM = /^(?:[^<>"\p{Cc}]*<[^\s<>@"(),:;]+@[^\s<>@"(),:;]+>|[^\s<>@"(),:;]+@[^\s<>@"(),:;]+)$/u;

/** `host` or `host:port`, as a browser writes it into the `Host` header; anything else would be without effect. */
const HOST_NAME = /^(\[[\da-f:.]+\]|[^\s/:@*?#[\]]+)(:\d+)?$/;

/**
 * Every environment variable that the product reads, with its default. Other `BELTLINE_…` variables are refused, so that
 * a misspelt one is not silently without effect.
 */
export const settingsSchema = z.object({
  /** Port of the API and the dashboard; 0 = any free one. */
  PORT: whole(0, 65_535).default(4680),
  /** Address to listen on. The default serves this machine only. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of everything the product keeps: the stores of the embedded engines, how to reach them, the demo orders. */
  BELTLINE_DATA: z
    .string()
    .superRefine((path, context) => {
      const message = noFolder(path);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .prefault('./.data'),
  /** PostgreSQL by URL; without it the embedded one in the data folder. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL such as postgresql://host/database' })
    .optional(),
  /** The same as the account that owns the tables, for `beltline store prepare` alone; the program works as that of `DATABASE_URL`. */
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL such as postgresql://owner@host/database' })
    .optional(),
  /** ClickHouse by URL; without it the embedded one in the data folder. */
  CLICKHOUSE_URL: webUrl.optional(),
  CLICKHOUSE_LOADER_USER: z.string().min(1).default('loader'),
  CLICKHOUSE_LOADER_PASSWORD: z.string().default(''),
  CLICKHOUSE_READER_USER: z.string().min(1).default('reader'),
  CLICKHOUSE_READER_PASSWORD: z.string().default(''),
  CLICKHOUSE_VIEWER_USER: z.string().min(1).default('viewer'),
  CLICKHOUSE_VIEWER_PASSWORD: z.string().default(''),
  /** Name of the cluster to create tables on, and whether with replicated engines. */
  CLICKHOUSE_CLUSTER: z.string().optional(),
  CLICKHOUSE_REPLICATED: z.enum(['0', '1']).default('0'),
  /** Business time zone of sources that declare none. */
  BELTLINE_TIME_ZONE: z.string().refine(isTimeZone, 'is no IANA time zone').default('Asia/Shanghai'),
  /** A growth rate on fewer orders than this in the baseline is marked as base too small. */
  BELTLINE_MIN_BASE: whole(0, 1_000_000_000).default(30),
  /** Changes smaller than this ratio count as none, in breadth and in the state of recovery. */
  BELTLINE_DEAD_BAND: ratio.default(0.02),
  /** Memory in MB that the sums of one data version may take; of a version that would take more the engine is asked. */
  BELTLINE_SUMS_MB: whole(0, 100_000).default(256),
  /** Memory in MB that the merchants' months of one data version may take, each measure; of a version that would take more the engine is asked. */
  BELTLINE_MERCHANTS_MB: whole(0, 100_000).default(128),
  /** Further names under which browsers may address the product, separated by commas (`host` or `host:port`). */
  BELTLINE_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    )
    .refine((hosts) => hosts.every((host) => HOST_NAME.test(host)), {
      error: 'must be names of hosts, separated by commas, each as belts.example or belts.example:8080',
    }),
  /** Where browsers reach the product, if not at the address that it listens on: the one of a proxy, `https://belts.example`. */
  BELTLINE_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://belts.example', abort: true })
    .refine((url) => new URL(url).origin === url.replace(/\/$/, '').toLowerCase(), {
      error: 'must be scheme and host alone, as https://belts.example or https://belts.example:8443',
    })
    .optional(),
  /** Proxies whose `X-Forwarded-For` is believed: addresses or networks, separated by commas. */
  BELTLINE_TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
          error: 'must be addresses or networks, separated by commas, as 127.0.0.1 or 10.0.0.0/8',
        }),
      ),
    )
    .optional(),
  /** Requests that one account, and one address, may have answered in a minute; 0 = as many as it likes. */
  BELTLINE_REQUESTS_PER_ACCOUNT: whole(0, MOST_REQUESTS).default(3_000),
  BELTLINE_REQUESTS_PER_ADDRESS: whole(0, MOST_REQUESTS).default(12_000),
  /** Requests of one account that are under way at once; further ones wait. 0 = all of them. */
  BELTLINE_REQUESTS_AT_ONCE: whole(0, 1_000).default(12),
  /** The organisation's identity provider (OpenID Connect), at its issuer's URL; plain http on this machine alone. */
  BELTLINE_OIDC_ISSUER: z
    .url({
      protocol: /^https?$/,
      error: 'must be the URL of an issuer such as https://id.example/realms/a',
      abort: true,
    })
    .refine(
      (url) => url.startsWith('https:') || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname),
      {
        error: 'must be https: what comes over http anybody on the way may have written',
      },
    )
    .optional(),
  BELTLINE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** Without it: a public client, held by PKCE alone. */
  BELTLINE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** File of rules from its claims to roles, sources and regions: see docs/operations.md. */
  BELTLINE_OIDC_MAPPING: z.string().min(1).optional(),
  /**
   * What secrets that must be read again are encrypted with in PostgreSQL: 32 random bytes each, in hexadecimal. The first encrypts;
   * those after it, separated by commas, still decrypt, so that it can be changed.
   */
  BELTLINE_SECRETS_KEY: z
    .string()
    .transform((list) => list.split(',').map((key) => key.trim().toLowerCase()))
    .refine((keys) => keys.every((key) => /^[\da-f]{64}$/.test(key)), {
      error: 'must be 64 hexadecimal digits, as of openssl rand -hex 32; several are separated by commas',
    })
    .optional(),
  /** How many complete months back officials are shown what disclosure control lets out; 0 = nothing is made anew. */
  BELTLINE_RELEASE_MONTHS: whole(0, 120).default(24),
  /** Whether months are released with what distribution and cross-border are made of: minutes of a processor each. */
  BELTLINE_RELEASE_PARTS: z.enum(['off', 'on']).default('off'),
  /**
   * What is done by itself with reports of released months: nothing; they are prepared, and a person releases them; or they are released. Where it is not
   * set: released beside nothing but the demo on this machine, prepared elsewhere.
   */
  BELTLINE_REPORTS: z
    .enum(['off', 'prepare', 'release'], { error: 'must be off, prepare or release' })
    .optional(),
  /** Of how many released months back. */
  BELTLINE_REPORT_MONTHS: whole(0, 120).default(2),
  /** The day of the month after on which they are released by themselves, as a statistics office keeps its calendar; not set: as soon as they are prepared. */
  BELTLINE_REPORT_DAY: whole(1, 28).optional(),
  /** Of which areas. */
  BELTLINE_REPORT_AREAS: z
    .string()
    .transform((list) => list.split(',').map((kind) => kind.trim()))
    .pipe(
      z.array(
        z.enum(['nation', 'province', 'city', 'belt'], {
          error: 'must be of nation, province, city and belt, separated by commas',
        }),
      ),
    )
    .default(['nation', 'province', 'city', 'belt']),
  /** Rules of disclosure control: owners that a cell needs, p of the p% rule, competitors who are expected to pool what they know. */
  BELTLINE_DISCLOSURE_OWNERS: whole(3, 1_000).default(5),
  BELTLINE_DISCLOSURE_PERCENT: whole(1, 100).default(15),
  BELTLINE_DISCLOSURE_POOLED: whole(1, 5).default(1),
  /** The server that mail is handed to, as `smtp://reports@mail.example:587` or `smtps://…:465`; without it nothing is mailed. */
  BELTLINE_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: SMTP_NEEDED, abort: true })
    .refine((url) => new URL(url).hostname !== '' && /^\/?$/.test(new URL(url).pathname), SMTP_NEEDED)
    .refine((url) => !new URL(url).password, {
      message:
        'must not hold a password, because URLs end up in logs; set BELTLINE_SMTP_PASSWORD or BELTLINE_SMTP_PASSWORD_FILE',
    })
    .refine((url) => new URL(url).search === '' && new URL(url).hash === '', SMTP_NEEDED)
    .optional(),
  BELTLINE_SMTP_PASSWORD: z.string().optional(),
  /** A file that holds it, as container platforms mount one; its last line break is no part of it. */
  BELTLINE_SMTP_PASSWORD_FILE: z.string().min(1).optional(),
  /** `required`: nothing is sent over a connection that is not encrypted, but to this machine. */
  BELTLINE_SMTP_TLS: z
    .enum(['required', 'optional'], { error: 'must be required or optional' })
    .default('required'),
  /** Whom mail comes from: an address, or `name <address>`. */
  BELTLINE_MAIL_FROM: z
    .string()
    .trim()
    .max(320)
    .refine(
      (text) => MAIL_FROM.test(text),
      'must be an address, or a name and an address as Reports <a@belts.example>',
    )
    .optional(),
  /** Domains that mail may go to, separated by commas; not set: any. */
  BELTLINE_MAIL_DOMAINS: z
    .string()
    .transform((list) => list.split(',').map((domain) => domain.trim().toLowerCase()))
    .refine((domains) => domains.every((domain) => /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(domain)), {
      error: 'must be names of domains, separated by commas, as zj.gov.example,hz.gov.example',
    })
    .optional(),
  /** After how many seconds a mail is tried again that was put off; each time about twice as long as the time before. */
  BELTLINE_MAIL_RETRY_SECONDS: whole(1, 3_600).default(60),
  /** What the parts of a merchant's rank weigh, published with it. */
  BELTLINE_RANK_WEIGHTS: rankWeights.default(
    'goods=1 service=2 fulfilment=2 after-sales=2 new-products=1 hits=1 price=1',
  ),
  /** Order lines of the demo that is loaded on first run. The ETL makes them: 2,700,000 where it is not set. */
  BELTLINE_DEMO_LINES: whole(FEWEST_DEMO_LINES, MOST_DEMO_LINES).optional(),
  /** `off`: nobody is let in without a password, also beside the demo on this machine. */
  BELTLINE_DEMO: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  /** Set to anything: a command of the ETL that the engine or the program fails shows where in the program. */
  BELTLINE_DEBUG: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What only tests and people who look for faults set, for the ETL. */
const OF_THE_ETL = ['BELTLINE_ETL_PAUSE_AT', 'BELTLINE_ETL_TRACE', 'BELTLINE_LOCK_STALE_MS'];

/** The settings, under the names of the variables. */
export type Settings = z.output<typeof settingsSchema>;

/** The environment holds a value that cannot be used; the message names each variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the environment. An empty variable counts as not set, as in compose files. A fault is told without the
 * value, which may be a password.
 * @throws SettingsError
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const known = new Set([...Object.keys(settingsSchema.shape), ...OF_THE_ETL]);
  const faults = Object.keys(given)
    .filter((name) => name.toUpperCase().startsWith('BELTLINE_') && !known.has(name))
    .map((name) => `${name}: there is no such variable`);
  // As a number a blank is 0, as a folder it is one of that name: neither is meant.
  const blank = Object.keys(given).filter((name) => known.has(name) && given[name]?.trim() === '');
  faults.push(...blank.map((name) => `${name}: is blank`));
  if (blank.length > 0) throw new SettingsError(`Configuration: ${faults.join('; ')}.`);
  const parsed = settingsSchema.safeParse(given);
  faults.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (!parsed.success || faults.length > 0) throw new SettingsError(`Configuration: ${faults.join('; ')}.`);
  return parsed.data;
}
