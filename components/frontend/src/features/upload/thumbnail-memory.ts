const INDEX = 'tessera-thumbnails';
const key = (image: string): string => `tessera-thumbnail:${image}`;

/** Thumbnails kept over reloads; one has about 30 kB, a browser gives about 5 MB. */
const MOST = 60;

/** Remembers thumbnails of uploaded images in this browser, so that earlier jobs show their picture at once. */
export class ThumbnailMemory {
  readonly #storage: Storage | undefined;
  readonly #here = new Map<string, string>();

  /** @param storage undefined where the browser allows none; thumbnails are then kept until the page is left. */
  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  find(image: string): string | undefined {
    const url = this.#here.get(image) ?? this.#storage?.getItem(key(image)) ?? undefined;
    if (url !== undefined) this.#here.set(image, url);
    return url;
  }

  keep(image: string, url: string): void {
    this.#here.set(image, url);
    const storage = this.#storage;
    if (!storage) return;
    const images = [image, ...this.#stored().filter((other) => other !== image)];
    for (const old of images.splice(MOST)) storage.removeItem(key(old));
    // Where the space is used up, older thumbnails make room.
    while (images.length > 0) {
      try {
        storage.setItem(key(image), url);
        storage.setItem(INDEX, images.join(' '));
        return;
      } catch {
        storage.removeItem(key(images.pop() ?? image));
      }
    }
  }

  #stored(): string[] {
    return (this.#storage?.getItem(INDEX) ?? '').split(' ').filter((image) => image !== '');
  }
}
