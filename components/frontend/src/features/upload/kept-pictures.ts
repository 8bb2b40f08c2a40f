/** About as many as a visitor scrolls over and back. */
const MOST = 600;

/**
 * The elements of pictures that a list has shown. One that is made anew asks for its address again, even one of this very
 * tab, and that costs more than all else in a row; one that comes back is there at once.
 */
export class KeptPictures {
  readonly #pictures = new Map<string, HTMLImageElement>();

  has(key: string): boolean {
    return this.#pictures.has(key);
  }

  /** The element of whatever `key` stands for, showing `address`; the same for the same key. */
  show(key: string, address: string): HTMLImageElement {
    const picture = this.#pictures.get(key) ?? emptyPicture();
    if (picture.getAttribute('src') !== address) picture.src = address;
    // Last in the order of use.
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size > MOST && oldest !== undefined) this.#pictures.delete(oldest);
    return picture;
  }
}

function emptyPicture(): HTMLImageElement {
  const picture = new Image();
  picture.alt = '';
  picture.decoding = 'async';
  picture.draggable = false;
  return picture;
}
