export { landFile, type LandedFile } from './land-file.ts';
export type { LandFileInput } from './landing-input.ts';
export { createLandingTables } from './landing-tables.ts';
export { identifier } from './sql-text.ts';
