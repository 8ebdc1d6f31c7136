/** The package ships no types; this is the part that is used. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on an open file; false where somebody else has it. */
  export function tryLock(handle: number): boolean;
}
