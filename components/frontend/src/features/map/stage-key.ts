import { ARROWS, type PressedKey } from '../viewer/pressed-key.ts';

/** What a key does on the map. */
export type MapMove =
  /** Moves the crosshair, in pixels of the page. */
  | { readonly kind: 'cursor'; readonly right: number; readonly down: number }
  /** Moves the map, in shares of its size. */
  | { readonly kind: 'pan'; readonly right: number; readonly down: number }
  | { readonly kind: 'zoom'; readonly steps: number }
  | { readonly kind: 'fit' }
  /** Takes the place under the crosshair. */
  | { readonly kind: 'take' }
  /** Takes the crosshair away. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'tell' };

const STEP = 12;
const PAN = 0.25;

const OTHERS: Readonly<Record<string, MapMove>> = {
  '+': { kind: 'zoom', steps: 1 },
  '=': { kind: 'zoom', steps: 1 },
  '-': { kind: 'zoom', steps: -1 },
  _: { kind: 'zoom', steps: -1 },
  '0': { kind: 'fit' },
  '٠': { kind: 'fit' },
  Enter: { kind: 'take' },
  Escape: { kind: 'leave' },
  '?': { kind: 'tell' },
  '؟': { kind: 'tell' },
};

/** The arrows move the way they point in every language; with the shift key they move the map. */
export function moveOfKey({ key, shiftKey, ctrlKey, altKey, metaKey }: PressedKey): MapMove | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const arrow = ARROWS[key];
  if (!arrow) return OTHERS[key];
  const [right, down] = arrow;
  return shiftKey
    ? { kind: 'pan', right: right * PAN, down: down * PAN }
    : { kind: 'cursor', right: right * STEP, down: down * STEP };
}
