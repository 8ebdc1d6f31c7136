/**
 * Mail by a process that is killed while it sends, and to a thousand people: nobody is left out, and nobody is sent anything twice but what a server had taken when
 * the process ended before it could write that down.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres } from '@beltline/sql/postgres';
import type { DataSource } from 'typeorm';
import { putEmptyNotes } from '../fixtures/fresh-stores.ts';
import { headOf, SmtpProcess } from '../fixtures/mail/smtp.ts';
import { addSubscriber, mailEnvironment, releaseReport, residentMb } from '../fixtures/mail/subscribed.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline mail '));
let smtp: SmtpProcess;
beforeAll(async () => {
  await putEmptyNotes(folder);
  smtp = await SmtpProcess.start();
}, 60_000);
afterAll(async () => {
  await smtp?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The store is one process's at a time. */
async function within<T>(work: (store: DataSource) => Promise<T>): Promise<T> {
  const store = await openPostgres({ dataDir: folder });
  if (store.damage) throw store.damage;
  try {
    return await work(store.dataSource);
  } finally {
    await store.close();
  }
}

const senders: ChildProcess[] = [];
afterEach(() => senders.splice(0).forEach((child) => child.kill('SIGKILL')));

interface Sender {
  readonly child: ChildProcess;
  readonly said: () => string;
}
async function startSender(environment: Record<string, string> = {}): Promise<Sender> {
  const child = fork(resolve(import.meta.dirname, '..', 'fixtures', 'mail', 'mail-process.mjs'), {
    execArgv: [],
    env: {
      ...process.env,
      ...{ NODE_OPTIONS: '', LOG_LEVEL: 'trace', BELTLINE_DATA: folder },
      ...mailEnvironment(smtp.url),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  senders.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => (said += part.toString()));
  const started = once(child, 'message');
  await Promise.race([
    started,
    once(child, 'exit').then(([code]) => {
      throw new Error(`it ended with ${code}: ${said}`);
    }),
  ]);
  return { child, said: () => said };
}
async function kill({ child }: Sender): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('killed again and again while it sends, it leaves nobody out, and sends twice only what had been taken', async () => {
  const PEOPLE = 40;
  const addresses = Array.from({ length: PEOPLE }, (_, at) => `k${at}@kill.example`);
  const report = await within(async (store) => {
    for (const address of addresses) await addSubscriber(store, { address, region: '杀' });
    return releaseReport(store, { region: '杀' });
  });
  await smtp.tell({ holdMs: 40 });
  let kills = 0;
  for (; new Set(smtp.to().flatMap(({ to }) => to)).size < PEOPLE && kills < 12; kills++) {
    const before = smtp.arrived.length;
    const sender = await startSender();
    // At a moment of its own each time: before the first, and while the third or so is handed over or written down.
    for (let waited = 0; smtp.arrived.length < before + 3 && waited < 200; waited++) await sleep(20);
    await sleep(kills * 9);
    await kill(sender);
  }
  expect(kills).toBeGreaterThan(4);
  await smtp.tell({ holdMs: 0 });
  const last = await startSender();
  for (let tries = 0; new Set(smtp.to().flatMap(({ to }) => to)).size < PEOPLE; tries++) {
    if (tries > 600) throw new Error('somebody was left out');
    await sleep(100);
  }
  await sleep(6_000);
  await kill(last);
  const counts = addresses.map((address) => smtp.to(address).length);
  const doubles = counts.filter((count) => count > 1);
  expect(Math.min(...counts)).toBe(1);
  expect(doubles.length).toBeLessThanOrEqual(kills);
  // A mailbox that knows the id shows it once.
  for (const address of addresses) {
    const ids = smtp.to(address).map((mail) => new Map(headOf(mail)).get('message-id'));
    expect(new Set(ids).size).toBe(1);
  }
  const states = await within((store) =>
    store.query(`SELECT state, count(*)::int AS count FROM mail_deliveries WHERE item = $1 GROUP BY state`, [
      report.id,
    ]),
  );
  expect(states).toEqual([{ state: 'sent', count: PEOPLE }]);
}, 300_000);

test('what had not come whole when the process was killed is no mail, and is sent once', async () => {
  const { address } = await within(async (store) => {
    const made = await addSubscriber(store, { address: 'half@kill.example', region: '半' });
    await releaseReport(store, { region: '半', bytes: 3_000_000 });
    return made;
  });
  const sender = await startSender();
  for (let tries = 0; tries < 400; tries++) {
    const isBegun = readFileSync(`/proc/${sender.child.pid}/net/tcp`, 'utf8').includes(
      `0100007F:${smtp.port.toString(16).toUpperCase().padStart(4, '0')} 01`,
    );
    if (isBegun) break;
    await sleep(5);
  }
  await kill(sender);
  expect(smtp.to(address)).toEqual([]);
  const next = await startSender();
  await smtp.until(1, address);
  await sleep(6_000);
  await kill(next);
  expect(smtp.to(address)).toHaveLength(1);
}, 120_000);

test('the password is in no line of the log, whether the server takes it or not', async () => {
  const [right, file] = ['right', join(folder, 'password')];
  writeFileSync(file, `${right}\n`);
  const url = smtp.url.replace('//', '//reports%40belts.example@');
  await within(async (store) => {
    await addSubscriber(store, { address: 'login@kill.example', region: '登' });
    await releaseReport(store, { region: '登' });
  });
  const secret = 'wrong-Pa55word-of-ours';
  const refused = await startSender({ BELTLINE_SMTP_URL: url, BELTLINE_SMTP_PASSWORD: secret });
  for (let tries = 0; !refused.said().includes('does not take mail'); tries++) {
    if (tries > 300) throw new Error(refused.said());
    await sleep(100);
  }
  await kill(refused);
  const hidden = [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(`\0reports@belts.example\0${secret}`).toString('base64'),
  ];
  for (const text of hidden) expect(refused.said()).not.toContain(text);
  const taken = await startSender({ BELTLINE_SMTP_URL: url, BELTLINE_SMTP_PASSWORD_FILE: file });
  await smtp.until(1, 'login@kill.example');
  await kill(taken);
  expect(smtp.logins.at(-1)?.user).toBe('reports@belts.example');
}, 120_000);

test('a thousand subscribers take no more memory than some', async () => {
  const PEOPLE = 1_000;
  await smtp.tell({ keeps: false });
  await within(async (store) => {
    for (let at = 0; at < PEOPLE; at++)
      await addSubscriber(store, { address: `m${at}@many.example`, region: '众' });
    await releaseReport(store, { region: '众', bytes: 150_000 });
  });
  const before = smtp.taken.length;
  const sender = await startSender();
  const pid = sender.child.pid ?? 0;
  const seen: number[] = [];
  const begun = Date.now();
  for (let tries = 0; smtp.taken.length < before + PEOPLE; tries++) {
    if (tries > 5_400) throw new Error(`${smtp.taken.length - before} of ${PEOPLE} came`);
    await sleep(100);
    if (smtp.taken.length > before + 100) seen.push(residentMb(pid));
  }
  const seconds = (Date.now() - begun) / 1_000;
  await kill(sender);
  const [early, late] = [seen.slice(0, 10), seen.slice(-10)].map((part) => Math.min(...part));
  console.info(
    `${PEOPLE} mails of 0.4 MB in ${seconds.toFixed(0)} s; resident ${early?.toFixed(0)} MB, ${late?.toFixed(0)} MB at the end`,
  );
  expect((late ?? Infinity) - (early ?? 0)).toBeLessThan(80);
  expect(new Set(smtp.taken.slice(before).flatMap(({ to }) => to)).size).toBe(PEOPLE);
}, 600_000);
