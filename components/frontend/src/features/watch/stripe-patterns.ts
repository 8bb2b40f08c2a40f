/** Side of a pattern's tile in canvas pixels. */
const TILE = 8;

/** Makes striped fills for a canvas; each is made once. Lines run on from one region to the next. */
export class StripePatterns {
  readonly #context: CanvasRenderingContext2D;
  readonly #made = new Map<string, CanvasPattern | string>();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** @param degrees of the stripes; `crossed` adds those across. */
  of(
    color: string,
    degrees: 0 | 45 | 90 | 135,
    options: { width?: number; crossed?: boolean } = {},
  ): CanvasPattern | string {
    const { width = 1, crossed = false } = options;
    const key = `${color} ${degrees} ${width} ${crossed}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const tile = document.createElement('canvas');
    tile.width = TILE;
    tile.height = TILE;
    const context = tile.getContext('2d');
    if (!context) return color;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    stripe(context, degrees);
    if (crossed) stripe(context, degrees === 45 ? 135 : 45);
    context.stroke();
    const made = this.#context.createPattern(tile, 'repeat') ?? color;
    this.#made.set(key, made);
    return made;
  }
}

/** Lines that meet themselves where tiles join. */
function stripe(context: CanvasRenderingContext2D, degrees: 0 | 45 | 90 | 135): void {
  if (degrees === 0 || degrees === 90) {
    const at = TILE / 2;
    if (degrees === 0) {
      context.moveTo(0, at);
      context.lineTo(TILE, at);
    } else {
      context.moveTo(at, 0);
      context.lineTo(at, TILE);
    }
    return;
  }
  for (const shift of [-TILE, 0, TILE]) {
    context.moveTo(shift, degrees === 45 ? TILE : 0);
    context.lineTo(shift + TILE, degrees === 45 ? 0 : TILE);
  }
}
