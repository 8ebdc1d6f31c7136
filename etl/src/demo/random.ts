/** 2⁻³², the width of one step of a 32-bit draw on [0, 1). */
const STEP = 1 / 4294967296;

/**
 * A seeded stream of random numbers (sfc32). Every purpose gets a stream of its own, named by a label, so that a
 * change in how merchants are drawn does not reshuffle the orders.
 *
 * Deterministic for one seed and label on every platform: it uses integer arithmetic only; `normal` adds
 * Math.log/sqrt/cos, which V8 computes in software (fdlibm) and hence alike everywhere.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number, label: string) {
    let hash = 2166136261 ^ seed;
    for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 16777619);
    this.a = seed | 0;
    this.b = hash | 0;
    this.c = Math.imul(hash, 2654435761) | 0;
    for (let i = 0; i < 15; i++) this.bits();
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t;
  }

  /** Uniform on [0, 1). */
  unit(): number {
    return (this.bits() >>> 0) * STEP;
  }

  /** Uniform integer on [0, n), n ≤ 2³¹. */
  below(n: number): number {
    return ((this.bits() >>> 0) * STEP * n) | 0;
  }

  /** Uniform integer on [from, to], both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Standard normal. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Lognormal with mean 1 (not median 1), so that it can be multiplied onto a calibrated mean. */
  around1(sigma: number): number {
    return Math.exp(sigma * this.normal() - (sigma * sigma) / 2);
  }

  /** One of the values. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}

/**
 * Yes and no in a set proportion: what was given too often or too seldom is made up for, so that a proportion comes
 * out within a fraction of a per cent of a few hundred draws, where chance alone would miss by two.
 */
export class SteadyShare {
  private owed = 0;

  constructor(
    private readonly share: number,
    private readonly random: Random,
  ) {}

  next(): boolean {
    const yes = this.random.unit() < this.share + 0.2 * this.owed;
    this.owed += this.share - (yes ? 1 : 0);
    return yes;
  }
}

/**
 * A weighted choice among 0 … n−1 in constant time: 1,024 slots filled in proportion to the weights (exact to 0.1 %),
 * which is enough for mixes of channels, countries and buyer types.
 */
export function slots(weights: readonly number[]): Uint8Array {
  const filled = new Uint8Array(1024);
  let at = 0;
  apportion(weights, filled.length).forEach((count, value) => {
    filled.fill(value, at, at + count);
    at += count;
  });
  return filled;
}

/** Splits `total` into integers in proportion to the weights by largest remainder; the parts add up exactly. */
export function apportion(weights: ArrayLike<number>, total: number): Int32Array {
  const parts = new Int32Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  if (sum <= 0) return parts;
  const remainders: { index: number; left: number }[] = [];
  let given = 0;
  for (let i = 0; i < weights.length; i++) {
    const exact = (weights[i]! / sum) * total;
    parts[i] = Math.floor(exact);
    given += parts[i]!;
    remainders.push({ index: i, left: exact - parts[i]! });
  }
  remainders.sort((x, y) => y.left - x.left || x.index - y.index);
  for (let i = 0; given < total; i++, given++) parts[remainders[i % remainders.length]!.index]!++;
  return parts;
}
