/** What work comes to; null where it fails, or takes longer: what does not come back in time is taken for what failed. */
export const within = <T>(work: Promise<T>, ms: number): Promise<T | null> =>
  Promise.race([
    work.catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, ms, null).unref()),
  ]);
