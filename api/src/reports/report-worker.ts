/** The thread that reports are set in: it is told a document, tells its PDF, and ends. The typesetter holds whoever calls it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { ReportDocument } from './report-document.ts';

const port = parentPort;
if (port === null) throw new Error('report-worker is a thread of the product; it is not run by itself.');

const TEMPLATES = fileURLToPath(new URL('../../report/', import.meta.url));
const FONTS = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
const WEIGHTS = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

/** @throws Error that says what the typesetter has against the document */
function pdfOf(document: ReportDocument): Buffer {
  const compiler = NodeCompiler.create({
    workspace: TEMPLATES,
    fontArgs: [{ fontBlobs: WEIGHTS.map((file) => readFileSync(join(FONTS, file))) }],
  });
  compiler.mapShadow(join(TEMPLATES, 'report.json'), Buffer.from(JSON.stringify(document)));
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

port.once('message', (document: ReportDocument) => {
  port.postMessage(pdfOf(document));
  port.close();
});
