import type { SessionEntity, UserEntity } from '@beltline/sql/postgres';
import type { DataSource } from 'typeorm';
import type { ApiConfig } from '../platform/config/config.ts';
import { AccessCount } from './access-count.ts';
import { leasesOver } from './leased-count.ts';
import { ABSOLUTE_MS, IDLE_MS, OUTAGE_MS, SessionsService, viewerOfUser } from './sessions.service.ts';

const BEGIN = new Date('2026-03-02T08:00:00Z');
const after = (ms: number) => new Date(BEGIN.getTime() + ms);
const grants = (...given: [string, string][]) => given.map(([kind, value]) => ({ kind, value })) as never;

/** A store of one user, that counts how often it is read. */
function storeOf(user: Partial<UserEntity>) {
  const rows = new Map<string, SessionEntity>();
  const counted = { reads: 0, updates: 0, changes: 1, isAway: false };
  const keyOf = ({ idHash }: { idHash: Buffer }) => idHash.toString('hex');
  const sessions = {
    insert: async (row: SessionEntity) => void rows.set(keyOf(row), { ...row }),
    createQueryBuilder: () => {
      let asked = { idHash: Buffer.alloc(0) };
      const query = {
        innerJoinAndMapOne: () => query,
        leftJoinAndSelect: () => query,
        where: (_: string, which: typeof asked) => {
          asked = which;
          return query;
        },
        getOne: async () => {
          if (counted.isAway) throw new Error('away');
          counted.reads++;
          const row = rows.get(keyOf(asked));
          if (row === undefined) return null;
          await during.user();
          return { ...row, user };
        },
      };
      return query;
    },
    find: async ({ where }: { where: { userId: string } }) =>
      [...rows.values()].filter(({ userId }) => userId === where.userId),
    update: async (which: SessionEntity, change: object) => {
      counted.updates++;
      Object.assign(rows.get(keyOf(which)) ?? {}, change);
    },
    delete: async (which: Partial<SessionEntity>) => {
      for (const [key, row] of rows)
        if (which.idHash ? keyOf(row) === keyOf(which as SessionEntity) : row.userId === which.userId)
          if (rows.delete(key)) counted.changes++;
    },
  };
  const during = { user: async (): Promise<unknown> => undefined };
  const query = async () => {
    if (counted.isAway) throw new Error('away');
    return [{ number: String(counted.changes) }];
  };
  const manager = {
    findOne: async () => user,
    findOneBy: async () => null,
    insert: (_: unknown, row: SessionEntity) => sessions.insert(row),
  };
  const store = {
    getRepository: () => sessions,
    transaction: (work: (within: typeof manager) => unknown) => work(manager),
    query,
  } as unknown as DataSource;
  const of = (DATABASE_URL?: string) =>
    new SessionsService(store, new AccessCount(store, { DATABASE_URL } as ApiConfig));
  return { rows, counted, during, of };
}
const ada = {
  id: 'u1',
  name: 'Ada',
  isDemo: false,
  passwordHash: null,
  disabledAt: null,
  grants: grants(['role', 'administrator']),
};
const from = { address: '127.0.0.1', agent: 'x'.repeat(1000) };
const begin = async (sessions: SessionsService, id: string, origin: typeof from, at: Date) =>
  (await sessions.begin({ id, passwordHash: null, factor: null }, origin, at)) ?? '';

test('a session that has not begun yet is none: it was begun by a clock that was ahead, and would end as late', async () => {
  const { of, rows } = storeOf(ada);
  const [sessions, others] = [of(), of()];
  const ahead = await begin(sessions, 'u1', from, after(400 * 24 * 3_600_000));
  expect(await others.of('u1', ahead, BEGIN)).toEqual([]);
  expect(await others.find(ahead, BEGIN)).toBeNull();
  expect(rows.size).toBe(0);
  // Clocks of several API processes differ a little.
  const soon = await begin(sessions, 'u1', from, after(60_000));
  expect(await others.find(soon, BEGIN)).not.toBeNull();
});

test('a session ends when it is not used, and at the end of the day even if it is', async () => {
  const { of, rows } = storeOf(ada);
  const sessions = of();
  const idle = await begin(sessions, 'u1', from, BEGIN);
  expect((await sessions.find(idle, after(IDLE_MS - 1)))?.endsAt).toEqual(after(2 * IDLE_MS - 1));
  expect(await sessions.find(idle, after(2 * IDLE_MS))).toBeNull();
  expect(rows.size).toBe(0);
  const used = await begin(sessions, 'u1', from, BEGIN);
  for (let at = 0; at < ABSOLUTE_MS; at += IDLE_MS / 2)
    expect(await sessions.find(used, after(at))).not.toBeNull();
  expect(await sessions.find(used, after(ABSOLUTE_MS))).toBeNull();
});

test('the id is kept as a digest, and what the browser says of itself is cut', async () => {
  const { of, rows } = storeOf(ada);
  const id = await begin(of(), 'u1', from, BEGIN);
  expect([...rows.keys()].join()).not.toContain(Buffer.from(id).toString('hex'));
  expect([...rows.values()][0]?.agent).toHaveLength(200);
  expect(await of().find('another', BEGIN)).toBeNull();
});

test.each([undefined, 'postgresql://host/db'])(
  'a session is read once, and again when something has changed: %s',
  async (url) => {
    const { of, counted } = storeOf(ada);
    const sessions = of(url);
    const [id, other] = [await begin(sessions, 'u1', from, BEGIN), await begin(sessions, 'u1', from, BEGIN)];
    for (let asked = 0; asked < 3; asked++) await sessions.find(id, after(asked));
    expect(counted.reads).toBe(1);
    await sessions.end(other);
    for (let asked = 3; asked < 6; asked++) await sessions.find(id, after(asked));
    expect(counted.reads).toBe(2);
    await sessions.endAll('u1');
    expect(await sessions.find(id, after(7))).toBeNull();
  },
);

test('what another process has ended is nobody’s at the next request, over a server', async () => {
  const { of, counted } = storeOf(ada);
  const [one, other] = [of('postgresql://host/db'), of('postgresql://host/db')];
  const id = await begin(one, 'u1', from, BEGIN);
  for (const sessions of [one, other]) expect(await sessions.find(id, after(1))).not.toBeNull();
  await other.end(id);
  expect(await one.find(id, after(2))).toBeNull();
  expect(counted.reads).toBe(3);
});

test('a session that another process saw used does not end for want of use here', async () => {
  const { of } = storeOf(ada);
  const [one, other] = [of('postgresql://host/db'), of('postgresql://host/db')];
  const id = await begin(one, 'u1', from, BEGIN);
  await one.find(id, BEGIN);
  await other.find(id, after(IDLE_MS / 2));
  expect(await one.find(id, after(IDLE_MS + 1))).not.toBeNull();
  expect(await one.find(id, after(3 * IDLE_MS))).toBeNull();
});

test('a session that was found goes on for a while where the server is away, and no other one', async () => {
  const { of, counted } = storeOf(ada);
  const sessions = of('postgresql://host/db');
  const [found, unseen] = [
    await begin(sessions, 'u1', from, BEGIN),
    await begin(sessions, 'u1', from, BEGIN),
  ];
  await sessions.find(found, BEGIN);
  await leasesOver();
  counted.isAway = true;
  expect(await sessions.find(found, after(OUTAGE_MS - 1))).not.toBeNull();
  await expect(sessions.find(found, after(OUTAGE_MS))).rejects.toThrow('away');
  await expect(sessions.find(unseen, after(1))).rejects.toThrow('away');
  counted.isAway = false;
  await sessions.endAll('u1');
  counted.isAway = true;
  await expect(sessions.find(found, after(1))).rejects.toThrow('away');
});

test('who is believed while the server is away does not wait for it to be told of their last use', async () => {
  const { of, counted } = storeOf(ada);
  const sessions = of('postgresql://host/db');
  const id = await begin(sessions, 'u1', from, BEGIN);
  await sessions.find(id, BEGIN);
  await leasesOver();
  counted.isAway = true;
  counted.updates = 0;
  await sessions.find(id, after(2 * 60_000));
  expect(counted.updates).toBe(0);
  counted.isAway = false;
  await sessions.find(id, after(2 * 60_000 + 1));
  expect(counted.updates).toBe(1);
});

test('what is read while a session is ended is not kept', async () => {
  const { of, during } = storeOf(ada);
  const sessions = of();
  const id = await begin(sessions, 'u1', from, BEGIN);
  // The request has found its session, and not its user yet, when all sessions of the user are ended.
  during.user = () => sessions.endAll('u1');
  await sessions.find(id, after(1));
  during.user = async () => undefined;
  expect(await sessions.find(id, after(2))).toBeNull();
});

test('sessions of a user are told, the one that asks first, and none that has ended', async () => {
  const sessions = storeOf(ada).of();
  const ended = await begin(sessions, 'u1', from, BEGIN);
  const begun = after(IDLE_MS / 2);
  const mine = await begin(sessions, 'u1', { address: '10.0.0.1', agent: 'mine' }, begun);
  await begin(sessions, 'u1', { address: '10.0.0.2', agent: 'later' }, after(IDLE_MS - 1));
  await begin(sessions, 'u2', from, begun);
  const told = await sessions.of('u1', mine, after(IDLE_MS));
  expect(told.map(({ agent, isThis }) => [agent, isThis])).toEqual([
    ['mine', true],
    ['later', false],
  ]);
  expect(told[0]).toMatchObject({ address: '10.0.0.1', lastUsedAt: after(IDLE_MS).toISOString() });
  expect(ended).not.toBe(mine);
});

test('nothing begins by a password or a factor that is another meanwhile', async () => {
  const { of, rows } = storeOf({ ...ada, passwordHash: 'new' });
  const shown = { id: 'u1', passwordHash: 'new', factor: null };
  expect(await of().begin({ ...shown, passwordHash: 'old' }, from, BEGIN)).toBeNull();
  expect(await of().begin({ ...shown, factor: 'f1' }, from, BEGIN)).toBeNull();
  expect(rows.size).toBe(0);
  expect(await of().begin(shown, from, BEGIN)).not.toBeNull();
});

test('somebody disabled is nobody', async () => {
  const sessions = storeOf({ ...ada, disabledAt: BEGIN }).of();
  expect(await sessions.find(await begin(sessions, 'u1', from, BEGIN), BEGIN)).toBeNull();
});

test('what is given makes the viewer, and what is not known gives nothing', () => {
  const given = grants(['role', 'strategist'], ['role', 'emperor'], ['source', 'demo']);
  const viewer = viewerOfUser({ ...ada, grants: given });
  expect([viewer.roles, viewer.sources, viewer.belts]).toEqual([['strategist'], ['demo'], 'everything']);
  expect(viewerOfUser({ ...ada, grants: grants(['source', '*']) })).toMatchObject({
    sources: 'all',
    belts: [],
  });
});

test.each([
  [['strategist'], 'everything', []],
  [['engineer'], 'everything', []],
  [['official'], [], ['33']],
  [['merchant'], [], []],
  [['administrator'], [], []],
  [['engineer', 'official'], [], ['33']],
  [['engineer', 'merchant'], [], []],
  [['strategist', 'official'], 'everything', ['33']],
  [[], [], []],
])('with the roles %j one sees the belts %j and those of the regions %j', (roles, belts, regions) => {
  const given = [
    ...roles.map((role): [string, string] => ['role', role]),
    ['region', '33'] as [string, string],
  ];
  const viewer = viewerOfUser({
    id: '1',
    name: 'x',
    isDemo: false,
    passwordHash: null,
    grants: grants(...given),
  });
  expect([viewer.belts, viewer.regions]).toEqual([belts, regions]);
});
