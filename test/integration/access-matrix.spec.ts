/** The matrix of who may ask what (access-matrix-kit.ts), where figures come from sums in memory; from the engine: access-matrix.long.spec.ts. */
import { matrix } from './access-matrix-kit.ts';

const api = matrix('sums in memory');

test('what is there at all is not told to nobody', async () => {
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['POST', '/nothing'],
    ['DELETE', '/belts'],
    ['GET', '/openapi.json'],
    ['GET', '//api'],
    ['GET', '//api/v2/belts'],
  ] as const)
    expect([path, (await api().send(method, path, method === 'POST' ? {} : undefined)).status]).toEqual([
      path,
      401,
    ]);
});
