/** Colours of the base map and of what is drawn on it, out of the theme. */
export interface MapColours {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly grid: string;
  readonly words: string;
  readonly halo: string;
  readonly accent: string;
  readonly trouble: string;
}

/** Reads the tokens of the theme as they are where an element stands. */
export function mapColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    sea: token('--tessera-surround'),
    land: token('--tessera-card'),
    coast: token('--tessera-strong-line'),
    grid: token('--tessera-line'),
    words: token('--mantine-color-dimmed'),
    halo: token('--tessera-card'),
    accent: token('--mantine-primary-color-filled'),
    trouble: token('--tessera-failed'),
  };
}
