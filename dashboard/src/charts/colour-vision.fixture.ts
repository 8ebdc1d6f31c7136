/** How colours look to people with other colour vision, and how far apart two colours are to the eye. */

type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly Triple[]>;
export type Vision = keyof typeof VISIONS;
export const COLOUR_VISIONS = Object.keys(VISIONS) as Vision[];

function linear(colour: string): Triple {
  const part = (at: number) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}
const times = (rows: readonly Triple[], [x, y, z]: Triple): Triple => {
  const [a = 0, b = 0, c = 0] = rows.map((row) => row[0] * x + row[1] * y + row[2] * z);
  return [a, b, c];
};

/** CIE Lab, D65. */
function lab(colour: string, vision: Vision): Triple {
  const seen = times(VISIONS[vision], linear(colour)).map((one) => Math.min(1, Math.max(0, one)));
  const [x, y, z] = times(
    [
      [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
    ],
    [seen[0] ?? 0, seen[1] ?? 0, seen[2] ?? 0],
  ).map((one) => (one > 216 / 24389 ? Math.cbrt(one) : (24389 / 27) * (one / 116) + 16 / 116)) as [
    number,
    number,
    number,
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How far a colour is from grey in CIE Lab (C*ab); 0 = grey. */
export function chroma(colour: string): number {
  const [, a, b] = lab(colour, 'normal');
  return Math.hypot(a, b);
}

/** Distance of two colours in CIE Lab (ΔE*ab): about 2.3 is just noticeable side by side. */
export function distance(a: string, b: string, vision: Vision = 'normal'): number {
  const [one, other] = [lab(a, vision), lab(b, vision)];
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
