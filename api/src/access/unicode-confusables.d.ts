/** The package's own types are under a name that the compiler does not look for. */
declare module 'unicode-confusables' {
  /** Each character as the one that it may be taken for (UTS 39). */
  export function rectifyConfusion(text: string): string;
}
