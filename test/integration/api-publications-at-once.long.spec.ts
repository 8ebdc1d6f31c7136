/** Numbers of reports where several processes of the product share one PostgreSQL server: each sets its files for a number that another may take. */
import type { Publication } from '@beltline/contract';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { addUser, LATEST, seedRegions, startReleasing, untilMade } from './releases-kit.ts';

test('two processes over one server release at once, and neither leaves a gap or a double', async () => {
  const server = await startPostgresServer();
  const environment = { BELTLINE_REPORTS: 'off', DATABASE_URL: server.url };
  const one = await startReleasing(undefined, environment);
  const other = await startReleasing(one, environment);
  try {
    await seedRegions(one, 'regions', 1);
    const strategist = await addUser(one, 'strategist', 'strategist');
    one.startReleases();
    await untilMade(one, strategist, 3);
    const wanted = ['浙江省', '广东省', '福建省'].flatMap((region) =>
      ['2023-03', LATEST].map((month) => ({ region, month })),
    );
    const made = await Promise.all(
      wanted.map((body) => one.send<Publication>('POST', '/reports', body, strategist)),
    );
    expect(made.map(({ status }) => status)).toEqual(wanted.map(() => 201));
    const released = await Promise.all(
      made.map(({ body: { id, etag } }, at) =>
        (at % 2 === 0 ? one : other).send<Publication>('POST', `/reports/${id}/release`, undefined, {
          ...strategist,
          'if-match': etag,
        }),
      ),
    );
    expect(released.map(({ status }) => status)).toEqual(wanted.map(() => 200));
    const numbers = released.map(({ body }) => Number(body.number?.slice(-4))).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
    // A number is printed in its files: whoever was second has set them again.
    for (const { body } of released) {
      const number = body.number ?? '';
      const response = await fetch(`${other.url}/reports/${number}/files/zh.html`, { headers: strategist });
      expect(await response.text()).toContain(`<dd>${number}</dd>`);
    }
  } finally {
    await other.close();
    await one.close();
    await server.close();
  }
}, 900_000);
