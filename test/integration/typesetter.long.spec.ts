/** Documents as PDF, by the thread that sets them: the same bytes from the same text, whatever the text holds, and an end that waits for none. */
import type { ReportDocument } from '@beltline/api/reports/documents/report-document.js';
import { Typesetter } from '@beltline/api/reports/files/typesetter.service.js';
import { extractText, getDocumentProxy } from 'unpdf';

const documentOf = (cell: string, rows = 2): ReportDocument => ({
  ...{
    language: 'en',
    title: 'A title',
    kind: 'A kind',
    level: 'A level',
    foot: 'A foot',
    author: 'Beltline',
  },
  keywords: [],
  made: { year: 2025, month: 2, day: 12 },
  words: { page: 'Page {page} of {pages}' },
  facts: [{ name: 'Name', value: cell }],
  sections: [
    {
      title: cell,
      sentences: [cell],
      charts: [],
      tables: [
        {
          ...{ caption: 'A caption', size: 8, inset: 4 },
          columns: [{ name: 'Area', isWide: true, isNumber: false }],
          rows: Array.from({ length: rows }, (_, no) => [{ text: `${cell} row${no}`, isQuiet: false }]),
        },
      ],
      notes: [cell],
    },
  ],
});
/** What the library tells of a run of text; it brings no types. `transform`: the first is the size. */
interface PrintedText {
  readonly str: string;
  readonly width: number;
  readonly transform: readonly number[];
}
const textOf = async (pdf: Buffer) =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text;

test('two that know nothing of each other give the same bytes', async () => {
  const [one, other] = [new Typesetter(), new Typesetter()];
  const [first, second] = [await one.pdf(documentOf('x')), await other.pdf(documentOf('x'))];
  expect(first.equals(second)).toBe(true);
  expect((await other.pdf(documentOf('y'))).equals(first)).toBe(false);
});

test('a quotation mark is as wide as a letter in English, and as a character in Chinese', async () => {
  const widthIn = async (language: 'en' | 'zh') => {
    const pdf = await new Typesetter().pdf({ ...documentOf('x’x’x’x’x’x’x’x'), language });
    const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1);
    const { items } = (await page.getTextContent()) as { items: Partial<PrintedText>[] };
    const said = items.filter((item): item is PrintedText => item.str?.includes('’') === true);
    expect(said.length).toBeGreaterThan(2);
    // Of seven marks between eight letters, in parts of their size.
    return Math.min(...said.map(({ width, transform }) => width / Number(transform[0])));
  };
  expect(await widthIn('en')).toBeLessThan(8);
  expect(await widthIn('zh')).toBeGreaterThan(10);
});

test('what a name holds is printed, and never carried out', async () => {
  const hostile = '#read("/etc/passwd") *bold* $x^2$ <label> @ref \\ #import "x.typ" // [';
  const text = await textOf(await new Typesetter().pdf(documentOf(hostile)));
  expect(text.replaceAll(/\s+/g, '')).toContain(hostile.replaceAll(/\s+/g, ''));
  expect(text).not.toContain('root:');
});

test.each([
  ['emoji', '👨‍👩‍👧 家纺'],
  ['a rare character', '𠀀镇'],
  ['another script', 'مرحبا'],
  ['control characters', 'a\u0000\u0007\u009bb'],
  ['no characters at all', 'a\ufffe\ud800b'],
])('a name of %s keeps no report from being set, and no font of this machine draws it', async (_, name) => {
  const [section] = documentOf(name).sections;
  if (!section) throw new Error('the document has a section');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="100" height="20" font-family="Noto Sans SC"><text x="2" y="12" font-size="9">${name.replaceAll(/[\p{Cc}\p{Cs}\ufffe]/gu, '')}</text></svg>`;
  const charts = [{ caption: name, alt: name, svg }];
  const pdf = await new Typesetter().pdf({
    ...documentOf(name),
    ...{ title: name, foot: name, author: name, keywords: [name] },
    sections: [{ ...section, charts }],
  });
  const fonts = [...pdf.toString('latin1').matchAll(/\/FontName\s*\/(?:[A-Z]{6}\+)?([A-Za-z]+)/g)];
  expect(new Set(fonts.map(([, font]) => font))).toEqual(new Set(['NotoSansSC']));
});

test('a chart is set with its words for who does not see it, and text in it can be found', async () => {
  const [section] = documentOf('r').sections;
  if (!section) throw new Error('the document has a section');
  const chart = {
    ...{ caption: 'The caption', alt: 'What it shows' },
    svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="100" height="20" font-family="Noto Sans SC"><text x="2" y="12" font-size="9">▲ 保密 within</text></svg>',
  };
  const pdf = await new Typesetter().pdf({ ...documentOf('r'), sections: [{ ...section, charts: [chart] }] });
  const text = (await textOf(pdf)).replaceAll(/\s+/g, '');
  expect(text).toContain('Thecaption');
  expect(text).toContain('▲保密within');
  const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1);
  expect(JSON.stringify(await page.getStructTree())).toContain('"alt":"What it shows"');
});

test('no row of a long table is lost', async () => {
  const text = await textOf(await new Typesetter().pdf(documentOf('r', 300)));
  expect(
    Array.from({ length: 300 }, (_, no) => no).filter((no) => !new RegExp(`row${no}\\b`).test(text)),
  ).toEqual([]);
});

test('a caption stands on the page where its rows begin', async () => {
  const typesetter = new Typesetter();
  const alone: number[] = [];
  // The second table begins further down by a row each time, over the foot of the page.
  for (let rows = 37; rows <= 41; rows++) {
    const [section] = documentOf('r', rows).sections;
    const [table] = section?.tables ?? [];
    if (!section || !table) throw new Error('the document has a table');
    const second = { ...table, caption: 'The second', rows: [[{ text: 'its first', isQuiet: false }]] };
    const document = { ...documentOf('r'), sections: [{ ...section, tables: [table, second] }] };
    const pdf = await getDocumentProxy(new Uint8Array(await typesetter.pdf(document)));
    const pages = (await extractText(pdf, { mergePages: false })).text;
    const on = pages.find((page) => page.includes('The second'));
    expect(on).toBeDefined();
    if (!on?.includes('its first')) alone.push(rows);
  }
  expect(alone).toEqual([]);
});

test('what one document took of memory is not kept when the next is set', async () => {
  const typesetter = new Typesetter();
  const setMany = async (from: number, count: number) => {
    for (let no = from; no < from + count; no++) await typesetter.pdf(documentOf(`document ${no}`, 120));
    return process.memoryUsage().rss / 1024 / 1024;
  };
  // What the typesetter itself takes, and what memory falls apart into, is there after some.
  const before = await setMany(0, 6);
  expect((await setMany(6, 14)) - before).toBeLessThan(120);
}, 120_000);

test('when the API closes, those that wait are told so', async () => {
  const typesetter = new Typesetter();
  const asked = ['a', 'b', 'c'].map((cell) => typesetter.pdf(documentOf(cell)));
  typesetter.onApplicationShutdown();
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
