/**
 * The product's API as a process of its own, as in real life: what asks must not share its thread. Tells its parent the
 * address, forgets its answers when told, says what it took of the processor, and ends with its parent.
 */
import { createBeltlineApi } from '@beltline/api/app';
import { readConfig } from '@beltline/api/config';
import { openEngine } from '@beltline/sql/engine';
import { signIn, TESTER } from '../fixtures/api/signing-in.ts';

const dataDir = process.argv[2];
if (!dataDir) throw new Error('usage: api-server <data folder>');
const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
const reader = engine.client('reader');
const api = await createBeltlineApi({
  engine: {
    client: () => reader,
    answering: () => true,
    onRestart: () => undefined,
    answers: (withinMs) => engine.answers(withinMs),
    movedFrom: () => null,
  },
  dataDir,
  config: readConfig({
    LOG_LEVEL: 'error',
    ...{ BELTLINE_SUMS_MB: process.env['BELTLINE_SUMS_MB'], BELTLINE_DEMO: process.env['BELTLINE_DEMO'] },
    DATABASE_URL: process.env['DATABASE_URL'],
    ...{ BELTLINE_RELEASE_MONTHS: process.env['BELTLINE_RELEASE_MONTHS'], BELTLINE_REPORTS: 'off' },
    // Counted as in life and never reached: many callers ask under one name here. Nor do they wait for each other.
    ...{ BELTLINE_REQUESTS_PER_ACCOUNT: '1000000000', BELTLINE_REQUESTS_PER_ADDRESS: '1000000000' },
    BELTLINE_REQUESTS_AT_ONCE: '1000',
  }),
  loading: () => false,
});
// Who asks comes in by the door, as in life: what that costs is part of each time.
await api.addUser(TESTER).catch(() => undefined); // a folder that was used before has them
const address = await api.listen(0, '127.0.0.1');
const cookie = await signIn(address, TESTER);
if (cookie === '') throw new Error('The data folder has a tester with another password; use another folder.');
process.send?.({ address, cookie });

const end = async () => {
  await api.close();
  await reader.close();
  await engine.close();
  process.exit(0);
};
/** Some of them may be there from a run before. */
const addMerchants = async (owners: readonly string[]): Promise<string[]> => {
  const cookies: string[] = [];
  for (const owner of owners) {
    const who = { name: `merchant ${owner}`, password: TESTER.password };
    await api
      .addUser({ ...who, roles: ['merchant'], sources: ['demo'], owners: [`demo:${owner}`] })
      .catch(() => undefined);
    cookies.push(await signIn(address, who));
  }
  return cookies;
};
/** One who sees the demo in a role; it may be there from a run before. */
const addUser = async (
  role: 'official' | 'strategist',
  regions: readonly string[],
): Promise<{ cookie: string }> => {
  const who = { name: [role, ...regions].join(' '), password: TESTER.password };
  await api
    .addUser({ ...who, roles: [role], sources: ['demo'], regions: [...regions] })
    .catch(() => undefined);
  return { cookie: await signIn(address, who) };
};
type Told =
  | string
  | { readonly owners: readonly string[] }
  | { readonly role: 'official' | 'strategist'; readonly regions: readonly string[] };
process.on('message', (message: Told) => {
  if (message === 'end') return void end();
  if (message === 'releases') {
    api.startReleases();
    return void process.send?.('started');
  }
  if (typeof message === 'object' && 'role' in message)
    return void addUser(message.role, message.regions).then((added) => process.send?.(added));
  if (typeof message === 'object')
    return void addMerchants(message.owners).then((cookies) => process.send?.({ cookies }));
  if (message === 'processor') {
    const { user, system } = process.cpuUsage();
    return void process.send?.({ processorMs: (user + system) / 1000 });
  }
  void api.forget(message === 'version' ? 'version' : 'answers').then(() => process.send?.('forgotten'));
});
process.on('disconnect', () => void end());
