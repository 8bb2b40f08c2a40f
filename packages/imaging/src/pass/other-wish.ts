/** The picture that a step wants besides: an image by its id, or a text made into one. */
export type OtherWish =
  { readonly kind: 'image'; readonly image: string } | { readonly kind: 'text'; readonly mark: TextMark };

/** A text that is made into a picture of one channel: how much of each pixel it covers. */
export interface TextMark {
  readonly text: string;
  /** Height of its letters, from the top of the highest to the bottom of the lowest, in pixels. */
  readonly height: number;
  /** Degrees by which it is turned to the left. */
  readonly angle: number;
}

/** What a plan calls the picture. Equal wishes have equal names. */
export function nameOfWish(wish: OtherWish): string {
  if (wish.kind === 'image') return wish.image;
  const { text, height, angle } = wish.mark;
  return `text ${JSON.stringify([text, height, angle])}`;
}
