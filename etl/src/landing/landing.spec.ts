import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());
const table = tableOf(['a', 'b', 'c']);

test('smoke', async () => {
  const landed = await bench.landText(
    table,
    'a,b,c\n1,2,3\n"x",y,"z"\n"q,q",w,"e""e"\n\n4,5\nopen,"multi\nline, with\n\n\"\"quote\"\"",end\nstray,12" pipe,ok\n"bad"x,1,2\nlast,1,"2"\r\n\n',
  );
  console.log(JSON.stringify(landed, null, 1), [...landed.raw]);
});
