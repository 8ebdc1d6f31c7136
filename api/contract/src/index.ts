export * from './vocabulary.ts';
export * from './indicator.ts';
export * from './area.ts';
export * from './belts.ts';
export * from './loads.ts';
export * from './annotations.ts';
export * from './questions.ts';
export * from './problem.ts';
