import { Agent, request } from 'node:http';

/** Times in milliseconds, sorted. */
export type Times = readonly number[];

export const quantile = (times: Times, share: number): number =>
  times[Math.min(times.length - 1, Math.max(0, Math.ceil(share * times.length) - 1))] ?? Number.NaN;

/** Asks over kept connections, and reads each answer to its end. */
export class Asker {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  /** `headers`: by which it says who asks. */
  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** Milliseconds until the whole answer is there. @throws Error where it is not 200. */
  async time(path: string): Promise<number> {
    const started = performance.now();
    await this.ask(path);
    return performance.now() - started;
  }

  ask(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      request(`${this.origin}/api/v1${path}`, { agent: this.agent, headers: this.headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 300)}`));
        });
      })
        .on('error', reject)
        .end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

export interface Budget {
  /** At most so many requests … */
  readonly requests: number;
  /** … in at most so much time, but each caller at least once. */
  readonly ms: number;
}

/**
 * Lets callers ask one after the other, each on its own, until the budget is used up. `before` runs ahead of each round
 * of all callers and is not measured.
 */
export async function measure(
  callers: number,
  budget: Budget,
  ask: (caller: number, round: number) => Promise<number>,
  before: () => Promise<void> = async () => undefined,
): Promise<Times> {
  const times: number[] = [];
  const end = performance.now() + budget.ms;
  for (
    let round = 0;
    times.length < budget.requests && (round === 0 || performance.now() < end);
    round += 1
  ) {
    await before();
    times.push(...(await Promise.all(Array.from({ length: callers }, (_, caller) => ask(caller, round)))));
  }
  return times.sort((a, b) => a - b);
}

export const print = (line = ''): void => void process.stdout.write(`${line}\n`);
export const ms = (time: number): string =>
  (Number.isNaN(time) ? '–' : time < 10 ? time.toFixed(1) : time.toFixed(0)).padStart(6);
/** p50 and p95. */
export const pair = (times: Times): string => `${ms(quantile(times, 0.5))} ${ms(quantile(times, 0.95))}`;
