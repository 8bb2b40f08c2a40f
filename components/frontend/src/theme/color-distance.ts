/** Linear-light RGB, each component 0–1. */
type Rgb = readonly [number, number, number];

export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan';

/**
 * Row-major 3×3 matrices on linear RGB that simulate a missing cone type at full severity. Source: Machado, Oliveira,
 * Fernandes, “A Physiologically-based Model for Simulation of Color Vision Deficiency”, IEEE TVCG 15(6), 2009.
 */
const SIMULATION: Readonly<Record<Exclude<Vision, 'normal'>, readonly [Rgb, Rgb, Rgb]>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Reads `#rrggbb` into linear light (sRGB transfer curve, IEC 61966-2-1). */
export function linearRgb(hex: string): Rgb {
  const component = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [component(1), component(3), component(5)];
}

const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const clip = (value: number): number => Math.min(1, Math.max(0, value));

function seenBy(vision: Vision, rgb: Rgb): Rgb {
  if (vision === 'normal') return rgb;
  const [red, green, blue] = SIMULATION[vision];
  return [clip(dot(red, rgb)), clip(dot(green, rgb)), clip(dot(blue, rgb))];
}

/** Linear sRGB to CIE L*a*b* with the D65 white point. */
function lab(rgb: Rgb): Rgb {
  const curve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = curve(dot([0.4124564, 0.3575761, 0.1804375], rgb) / 0.95047);
  const y = curve(dot([0.2126729, 0.7151522, 0.072175], rgb));
  const z = curve(dot([0.0193339, 0.119192, 0.9503041], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 distance of two colours `#rrggbb` as seen with the given vision; about 2.3 is just noticeable. */
export function colorDistance(a: string, b: string, vision: Vision): number {
  const [l1, a1, b1] = lab(seenBy(vision, linearRgb(a)));
  const [l2, a2, b2] = lab(seenBy(vision, linearRgb(b)));
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** Contrast ratio of two colours `#rrggbb`, 1–21. Source: WCAG 2.2, “contrast ratio”. */
export function contrastRatio(a: string, b: string): number {
  const luminance = (hex: string): number => dot([0.2126, 0.7152, 0.0722], linearRgb(hex));
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
