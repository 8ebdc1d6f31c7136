import { writtenJson, writtenOnce } from './written-json.ts';

const name = (zh: string) => ({ beltId: 'B001', name: { zh, en: 'a "quoted" name' }, city: null });
const answer = (belts: readonly object[]) => ({
  meta: { source: '示例', at: undefined },
  rows: belts.map((belt, rank) => ({ belt, value: 0.1 + 0.2 * rank, rank })),
  again: belts,
  list: [undefined, Number.NaN],
});

describe('writtenJson', () => {
  it.each([0, 1, 3, 20_000])(
    'gives the bytes of JSON.stringify, with %i parts that are written once',
    (many) => {
      const plain = Array.from({ length: many }, (_, index) => name(`义乌${index} 😀`));
      const expected = JSON.stringify(answer(plain));
      const once = answer(plain.map(writtenOnce));
      expect(writtenJson(once).toString('utf8') === expected).toBe(true);
      expect(writtenJson(once).toString('utf8') === expected).toBe(true);
    },
  );

  it('tells its places from texts that hold the same rare byte', () => {
    const text = { text: '\u007f', list: ['\u007f\u007f', `"\u007f"`] };
    const plain = { before: text, belt: name('义乌\u007f'), after: text };
    const once = { ...plain, belt: writtenOnce(name('义乌\u007f')) };
    expect(writtenJson(once).toString('utf8')).toBe(JSON.stringify(plain));
  });

  it('keeps what it gave, whatever is written after it', () => {
    const first = writtenJson({ value: '义乌'.repeat(3_000) });
    const copy = Buffer.from(first);
    writtenJson({ value: 'x'.repeat(20_000) });
    expect(first.equals(copy)).toBe(true);
  });

  it('writes after a value that has no JSON, as before', () => {
    const part = writtenOnce(name('义乌'));
    expect(() => writtenJson({ part, wrong: 1n })).toThrow(TypeError);
    expect(JSON.stringify({ part })).toBe(JSON.stringify({ part: name('义乌') }));
    expect(writtenJson({ part }).toString('utf8')).toBe(JSON.stringify({ part: name('义乌') }));
  });
});

describe('writtenOnce', () => {
  it('is the same object, and nothing more to whoever reads or copies it', () => {
    const part = writtenOnce(name('义乌'));
    expect(part).toEqual(name('义乌'));
    expect(Object.keys(part)).toEqual(Object.keys(name('')));
    expect(writtenJson({ ...part, city: '金华' }).toString('utf8')).toBe(
      JSON.stringify({ ...name('义乌'), city: '金华' }),
    );
  });
});
