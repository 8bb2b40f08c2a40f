import { ARROWS, type PressedKey } from './pressed-key.ts';
import { ZOOM_STEP } from './zoom-step.ts';

/** What a key does to the view. */
export type StageMove =
  | { readonly kind: 'pan'; readonly right: number; readonly down: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'home' }
  | { readonly kind: 'full' }
  | { readonly kind: 'tell' };

/** Share of the stage that an arrow moves by, and with the shift key. */
const STEP = 0.1;
const LARGE_STEP = 0.5;

/** The arrows point the way the view moves, in left-to-right and right-to-left pages alike. */
export function moveOfKey({ key, shiftKey, ctrlKey, altKey, metaKey }: PressedKey): StageMove | undefined {
  // The browser's own: zoom of the page, back and forth.
  if (ctrlKey || altKey || metaKey) return undefined;
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? LARGE_STEP : STEP;
    return { kind: 'pan', right: arrow[0] * step, down: arrow[1] * step };
  }
  if (key === '+' || key === '=') return { kind: 'zoom', factor: ZOOM_STEP };
  if (key === '-' || key === '_') return { kind: 'zoom', factor: 1 / ZOOM_STEP };
  // Arabic keyboards have digits and a question mark of their own.
  if (key === '0' || key === '٠') return { kind: 'home' };
  if (key === '1' || key === '١') return { kind: 'full' };
  if (key === '?' || key === '؟') return { kind: 'tell' };
  return undefined;
}
