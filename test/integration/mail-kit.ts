/** What the specs of mail work on: an API that sends it, over a real mail server and a real PostgreSQL server, whose rows a spec can look at. */
import { DataSource } from 'typeorm';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { SmtpProcess } from '../fixtures/mail/smtp.ts';
import { mailEnvironment } from '../fixtures/mail/subscribed.ts';

const PASSWORD = 'brisk-otter-lamp-71';

export interface Mailing {
  readonly smtp: SmtpProcess;
  readonly api: RunningApi;
  readonly store: DataSource;
  /** Another process of the product on the same database, as far as the program can tell. */
  beside(): Promise<RunningApi>;
  close(): Promise<void>;
}
export async function startMailing(): Promise<Mailing> {
  const smtp = await SmtpProcess.start();
  const server = await startPostgresServer();
  const options = {
    signsIn: false,
    environment: { ...mailEnvironment(smtp.url), DATABASE_URL: server.url },
  };
  const api = await startApi(options);
  const store = await new DataSource({
    ...{ type: 'postgres', url: server.url, poolSize: 1, installExtensions: false },
  }).initialize();
  api.startReleases();
  const close = async () => {
    await store.destroy();
    await api.close();
    await server.close();
    await smtp.end();
  };
  return { smtp, api, store, beside: () => startApi(options, api), close };
}

export async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const found = await look();
    if (found) return found;
    if (tries > 400) throw new Error('it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export interface Kept {
  readonly state: string;
  readonly reason: string | null;
  readonly answer: string | null;
  readonly tries: number;
}
export const deliveryOf = async (store: DataSource, userId: string, item: string) =>
  (
    (await store.query(
      `SELECT state, reason, answer, tries FROM mail_deliveries WHERE user_id = $1 AND item = $2`,
      [userId, item],
    )) as Kept[]
  )[0];
/** Waits until a mail has come to its end. */
export const endedOf = (store: DataSource, userId: string, item: string): Promise<Kept> =>
  until(async () => {
    const found = await deliveryOf(store, userId, item);
    return found && found.state !== 'waiting' ? found : null;
  });

let people = 0;
export async function signedIn(
  api: RunningApi,
  role: 'official' | 'merchant' | 'administrator' | 'engineer',
  regions: string[] = [],
) {
  const name = `${role} ${people++}`;
  const id = await api.addUser({ name, password: PASSWORD, roles: [role], sources: ['s'], regions });
  return { id, name, cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }) };
}
