/** Quotes that are left open line after line: no records can be told, and it is said before the engine has no memory left. */
import { fingerprintFile } from '../files/index.ts';
import { landFile } from './index.ts';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const open = (lines: number) => '"x,1\n'.repeat(lines);

test('four million of them are refused by name, with the line where they begin', async () => {
  const content = `a,b,c\n1,2,3\n${open(4_000_001)}`;
  await expect(bench.landText(table, content)).rejects.toMatchObject({
    ...{ name: 'FileFault', rule: 'open-quote', line: 3 },
    message: expect.stringContaining('for 4 million lines'),
  });
});

test('a file of quoted lines with some records of several lines is paired in parts', async () => {
  const lines = Array.from({ length: 1_200_000 }, (_, index) =>
    index % 400_000 === 5 ? `"${index}","two\nlines","3"\n` : `"${index}","2","3"\n`,
  );
  const { rows, malformed } = await bench.withDatabase([table], async (client, database) => {
    const path = bench.write('parts.csv', `a,b,c\n${lines.join('')}`);
    return landFile({ client, database, fileNo: 7, table, path, expected: await fingerprintFile(path) });
  });
  expect([rows, malformed]).toEqual([1_200_000, 0]);
});
