/** The part of jStat that is used; the package brings no types. */
declare module 'jstat' {
  interface Statistics {
    /** NaN of nothing. */
    median(values: readonly number[]): number;
    readonly studentt: {
      inv(probability: number, degreesOfFreedom: number): number;
      cdf(value: number, degreesOfFreedom: number): number;
    };
    readonly chisquare: {
      cdf(value: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      cdf(value: number, mean: number, standardDeviation: number): number;
      inv(probability: number, mean: number, standardDeviation: number): number;
    };
  }
  const jStat: Statistics;
  export default jStat;
}
