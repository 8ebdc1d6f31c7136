export { landFile, type LandedFile } from './land-file.ts';
export type { LandFileInput } from './landing-input.ts';
export { createLandedViews, createLandingTables } from './landing-tables.ts';
export { layoutsOf } from './layouts.ts';
export { identifier } from './sql-text.ts';
export { decompress, detectCompression } from './decompress.ts';
export { hasUtf16Mark } from './text-encoding.ts';
export { after, fromUtf16 } from './utf16.ts';
export { splitLine } from './split-line.ts';
