export { FileFault, type FileFaultRule } from './file-fault.ts';
export { type ExpectedFile, fingerprintFile, measureFile } from './fingerprint.ts';
export { landFile, type LandedFile, type LandFileInput } from './land-file.ts';
export { createLandingTables } from './landing-tables.ts';
export { asFileFault, kindOf } from './raw-file.ts';
export { shownPath } from './shown-path.ts';
export { identifier } from './sql-text.ts';
