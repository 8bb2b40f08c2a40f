import type { ColourMatrix, Row } from '../colour-matrix.ts';

/** The matrix that has `amount` (0–1) of the effect of `matrix`, and leaves the rest as it is. */
export function blendWithIdentity(matrix: ColourMatrix, amount: number): ColourMatrix {
  const blend = ([red, green, blue, constant]: Row, own: 0 | 1 | 2): Row => {
    const rest = (colour: number): number => (colour === own ? 1 - amount : 0);
    return [red * amount + rest(0), green * amount + rest(1), blue * amount + rest(2), constant * amount];
  };
  return [blend(matrix[0], 0), blend(matrix[1], 1), blend(matrix[2], 2)];
}
