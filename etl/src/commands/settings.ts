/** The environment, checked before a command does anything: a name that is misspelt would leave a default that nobody chose. */
import { FEWEST_LINES } from '../demo/index.ts';
import { UsageError } from '../jobs/load/load-error.ts';
import { isTimeZone } from '../source/index.ts';

export const DEMO_LINES = 'BELTLINE_DEMO_LINES';

/** Those of the whole product, which shares one environment, and those that only tests and people who look for faults set. */
const KNOWN = new Set([
  'BELTLINE_DATA',
  'BELTLINE_TIME_ZONE',
  'BELTLINE_MIN_BASE',
  'BELTLINE_DEAD_BAND',
  'BELTLINE_ALLOWED_HOSTS',
  DEMO_LINES,
  'BELTLINE_DEBUG',
  'BELTLINE_ETL_PAUSE_AT',
  'BELTLINE_ETL_TRACE',
  'BELTLINE_LOCK_STALE_MS',
]);

/** @throws UsageError that names each variable that is not known, or cannot be used. Empty counts as not set. */
export function assertSettings(environment: NodeJS.ProcessEnv): void {
  const unknown = Object.entries(environment)
    .filter(([name, value]) => name.startsWith('BELTLINE_') && value !== '' && !KNOWN.has(name))
    .map(([name]) => `${name}: there is no such variable`);
  const zone = environment['BELTLINE_TIME_ZONE'];
  const wrong = [
    ...(zone && !isTimeZone(zone) ? ['BELTLINE_TIME_ZONE: is no IANA time zone'] : []),
    ...(Number.isNaN(demoLines(environment))
      ? [`${DEMO_LINES}: must be a whole number from ${FEWEST_LINES} on`]
      : []),
  ];
  const faults = [...unknown, ...wrong];
  if (faults.length > 0) throw new UsageError(`Configuration: ${faults.join('; ')}.`);
}

/** How many lines of demo orders are made where a command does not say; undefined: as many as the demo has, NaN: no such number. */
export function demoLines(environment: NodeJS.ProcessEnv): number | undefined {
  const text = environment[DEMO_LINES];
  if (!text) return undefined;
  const lines = Number(text); // as the program reads it
  return Number.isInteger(lines) && lines >= FEWEST_LINES ? lines : NaN;
}
