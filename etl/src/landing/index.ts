export { FileFault, type FileFaultRule } from './file-fault.ts';
export { type ExpectedFile, fingerprintFile, type Fingerprint, measureFile } from './fingerprint.ts';
export { landFile, type LandedFile, type LandFileInput } from './land-file.ts';
export { createLandingTables } from './landing-tables.ts';
