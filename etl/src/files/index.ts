/** Files as they lie on disk, before anything is read of them as data: their faults, their bytes, what identifies them. */
export { FileFault, type FileFaultRule } from './file-fault.ts';
export { CELL_LIMIT, type CorrectedRow, correctedRows, longRows, rejectsCsv } from './rejects-csv.ts';
export { fingerprintFile, measureFile } from './fingerprint.ts';
export { asFileFault, type ExpectedFile, kindOf, readRaw } from './raw-file.ts';
export { shownLines, shownPath, shownText } from './shown-path.ts';
