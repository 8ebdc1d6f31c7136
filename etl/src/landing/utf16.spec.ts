import fc from 'fast-check';
import { fromUtf16 } from './utf16.ts';

async function* cut(content: Buffer, places: readonly number[]): AsyncGenerator<Buffer> {
  const ends = [...new Set([...places.map((place) => place % (content.length + 1)), content.length])];
  let from = 0;
  for (const end of ends.sort((a, b) => a - b)) {
    if (end > from) yield content.subarray(from, end);
    from = end;
  }
}

async function read(chunks: AsyncGenerator<Buffer>): Promise<string> {
  const out: Buffer[] = [];
  for await (const chunk of fromUtf16('x.csv', chunks)) out.push(chunk);
  return Buffer.concat(out).toString('utf8');
}

test('wherever it is cut, between halves of pairs too, any text comes out as it was', async () => {
  // A mark and a zero are the mark of UTF-32.
  const texts = fc.string({ unit: 'binary' }).filter((text) => !text.startsWith('\0'));
  const places = fc.array(fc.nat(200), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(texts, fc.boolean(), places, async (text, isSwapped, at) => {
      const content = Buffer.from(`\ufeff${text}`, 'utf16le');
      expect(await read(cut(isSwapped ? content.swap16() : content, at))).toBe(`\ufeff${text}`);
    }),
    { numRuns: 500 },
  );
});

test('a half alone is found with its line, wherever it is cut', async () => {
  const content = Buffer.from('\ufeffa\nb\nc\ud800d\n', 'utf16le');
  for (let at = 1; at < content.length; at++)
    await expect(read(cut(content, [at]))).rejects.toMatchObject({ rule: 'encoding', line: 3 });
});
