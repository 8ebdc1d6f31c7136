/** How the program ends: 0 done (or nothing to do), and one code for each way in which it did not. */
export const EXIT_CODES = {
  done: 0,
  refused: 1,
  usage: 2,
  engine: 3,
  unexpected: 4,
  damaged: 5,
  interrupted: 130,
} as const;

/** The load was refused: nothing of it is published, and the tables are as they were. */
export class LoadRefusedError extends Error {
  override readonly name = 'LoadRefusedError';
}

/** Another load is running, and this one was told not to wait. */
export class LoadBusyError extends Error {
  override readonly name = 'LoadBusyError';
}

/** What is stored is not what was committed. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
}

/** What is stored of a decided load is not what was decided. Nothing of it is committed. */
export class NotAddingUpError extends DamagedStoreError {}

/** What a load or a rebuild would build upon is not what was committed. Nothing was changed. */
export class BuiltOnDamageError extends LoadRefusedError {}

/** A SELECT of the source does not fit the canonical model, or says what it may not. Nothing was changed. */
export class MappingFault extends LoadRefusedError {}

/** What was asked for cannot be done: an unknown source, options that do not go together. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The person, or the system that runs the program, asked it to stop. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
