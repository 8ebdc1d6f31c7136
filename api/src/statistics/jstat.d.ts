/** The part of jStat that is used; the package brings no types. */
declare module 'jstat' {
  interface Distributions {
    readonly studentt: {
      inv(probability: number, degreesOfFreedom: number): number;
      cdf(value: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      cdf(value: number, mean: number, standardDeviation: number): number;
      inv(probability: number, mean: number, standardDeviation: number): number;
    };
  }
  const jStat: Distributions;
  export default jStat;
}
