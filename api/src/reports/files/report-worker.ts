/** The thread that reports are set in. The typesetter holds whoever calls it, and so do workbooks. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { ReportDocument } from '../documents/report-document.ts';
import { drawnBy } from './font-characters.ts';
import { printable } from './printable.ts';
import { sheetsOf } from './report-sheets.ts';
import { fileOf, type ToPublish, type Wanted } from './report-files.ts';

const port = parentPort;
if (port === null) throw new Error('report-worker is a thread of the product; it is not run by itself.');

const TEMPLATES = fileURLToPath(new URL('../../../report/', import.meta.url));
const FONTS = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const WEIGHTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

/** @throws Error that says what the typesetter has against the document */
function pdfOf(document: ReportDocument): Buffer {
  const fontBlobs = WEIGHTS.map((file) => readFileSync(join(FONTS, file)));
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs }] });
  compiler.mapShadow(join(TEMPLATES, 'report.json'), Buffer.from(writtenFor(fontBlobs, document)));
  try {
    return setBy(compiler, document);
  } finally {
    // What it remembers is the process's, and stays when this thread ends: some 20 MB a document, for ever.
    compiler.evictCache(0);
  }
}

/** The document as the template reads it, with nothing in it that the fonts cannot draw. */
function writtenFor(fonts: readonly Buffer[], document: ReportDocument): string {
  const weights = fonts.map(drawnBy);
  const draws = (codePoint: number) => weights.every((isDrawn) => isDrawn(codePoint));
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === 'string' ? printable(value, draws) : value,
  );
}

function setBy(compiler: NodeCompiler, document: ReportDocument): Buffer {
  const compiled = compiler.compile({ mainFilePath: join(TEMPLATES, 'region.typ') });
  if (!compiled.result) {
    const fault = compiled.takeDiagnostics();
    throw new Error(`the report cannot be set: ${JSON.stringify(fault?.shortDiagnostics)}`);
  }
  const { year, month, day } = document.made;
  // The same document has the same bytes: no clock and no chance is in them.
  const creationTimestamp = Date.UTC(year, month - 1, day) / 1_000;
  return compiler.pdf(compiled.result, { pdfStandard: PdfStandard.UA_1, creationTimestamp });
}

/** What the thread is asked for: one document in a format, or files of a publication. It tells the bytes of each, in their order, and ends. */
export type ToSet =
  | { readonly document: ReportDocument; readonly format: 'pdf' | 'xlsx' }
  | { readonly of: ToPublish; readonly wanted: readonly Wanted[] };

async function made(asked: ToSet): Promise<Buffer[]> {
  if ('document' in asked)
    return [asked.format === 'pdf' ? pdfOf(asked.document) : await sheetsOf(asked.document)];
  const files: Buffer[] = [];
  for (const wanted of asked.wanted) files.push((await fileOf(asked.of, wanted, pdfOf)).bytes);
  return files;
}

port.once('message', (asked: ToSet) => {
  void made(asked).then((files) => {
    port.postMessage(files);
    port.close();
  });
});
