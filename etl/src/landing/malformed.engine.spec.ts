import { type Landed, LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const table = tableOf(['a', 'b', 'c']);
const csv = (...lines: string[]) => ['a,b,c', ...lines, ''].join('\n');
const values = ({ records }: Landed) => records.map(({ a, b, c }) => [a, b, c]);
const lines = ({ records }: Landed) => records.map(({ _line }) => Number(_line));

describe('malformed records', () => {
  test('are set apart one by one, with line, text and rule, and change no other record', async () => {
    const landed = await bench.landText(
      table,
      csv(
        '1,2,3',
        '4,5',
        '6,7,8,9',
        '',
        '"x"y,1,2',
        '10,11,"12',
        '13,14,15',
        '"only, two",columns',
        '16,17,18',
      ),
    );
    expect(landed.faults).toEqual([
      { line: 3, raw: '4,5', rule: 'wrong-column-count', value: '2' },
      { line: 4, raw: '6,7,8,9', rule: 'wrong-column-count', value: '4' },
      { line: 5, raw: '', rule: 'wrong-column-count', value: '0' },
      { line: 6, raw: '"x"y,1,2', rule: 'broken-quote', value: '' },
      { line: 7, raw: '10,11,"12', rule: 'broken-quote', value: '' },
      { line: 9, raw: '"only, two",columns', rule: 'wrong-column-count', value: '2' },
    ]);
    expect(values(landed)).toEqual([
      ['1', '2', '3'],
      ['13', '14', '15'],
      ['16', '17', '18'],
    ]);
    expect(landed).toMatchObject({ rows: 3, malformed: 6 });
    expect([...landed.raw.keys()]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('an open quote that a later one happens to close does not swallow the records between', async () => {
    const between = Array.from({ length: 6 }, (_, n) => `${n},b,c`);
    const landed = await bench.landText(table, csv('"stray,2,3', ...between, 'x,stray",z', 'q,r,s'));
    expect(landed.faults).toEqual([{ line: 2, raw: '"stray,2,3', rule: 'broken-quote', value: '' }]);
    expect(landed.rows).toBe(8);
  });

  test('two open quotes in neighbouring lines do not make one record of two', async () => {
    const wide = tableOf([...'abcdefghijkl']);
    const row = (n: number, remark: string): string => `${n},b,c,d,e,f,g,h,i,${remark},k,l`;
    const text = (...rows: string[]) => ['a,b,c,d,e,f,g,h,i,j,k,l', ...rows, ''].join('\n');
    const landed = await bench.landText(wide, text(row(1, '"open'), row(2, 'shut"'), row(3, 'x')));
    expect(landed.faults.map(({ line, rule }) => [line, rule])).toEqual([[2, 'broken-quote']]);
    expect(landed.records.map(({ a, j }) => [a, j])).toEqual([
      ['2', 'shut"'],
      ['3', 'x'],
    ]);
    // What a person wrote over two lines is still one field.
    const remark = await bench.landText(wide, text(row(1, '"two, well,\nor three, lines"'), row(2, 'x')));
    expect(remark).toMatchObject({ rows: 2, faults: [] });
  });

  test('a joined record of the wrong number of columns costs its first line alone', async () => {
    const landed = await bench.landText(table, csv('1,"two', 'lines",3,4,5', '6,7,8'));
    expect(landed.faults.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'broken-quote'],
      [3, 'wrong-column-count'],
    ]);
    expect(lines(landed)).toEqual([4]);
  });

  test('a NUL byte makes its record a fault, on one line and on several', async () => {
    const landed = await bench.landText(table, csv('1,2\0,3', '"4,",\0,6', '7,"8\n\0",9', 'x,y,z'));
    expect(landed.faults.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'nul-byte'],
      [3, 'nul-byte'],
      [4, 'nul-byte'],
    ]);
    expect(values(landed)).toEqual([['x', 'y', 'z']]);
  });
});
