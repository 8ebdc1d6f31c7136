export { type DraftedSource, draftSource, isThere } from './draft-source.ts';
