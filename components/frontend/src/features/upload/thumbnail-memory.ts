import type { BrowserStore } from './keep/browser-store.ts';
import type { StoreWriter } from './keep/store-writer.ts';

/** Thumbnails kept over reloads; one has about 20 kB. */
const MOST = 600;

interface Shown {
  readonly address: string;
  readonly picture: Blob;
}

/**
 * Remembers thumbnails in this browser, by the id of an upload until its image has one, then by that: the tray and
 * earlier jobs show their pictures at once.
 */
export class ThumbnailMemory {
  readonly #opening: Promise<BrowserStore | undefined>;
  readonly #writer: StoreWriter;
  readonly #shown = new Map<string, Shown>();

  constructor(opening: Promise<BrowserStore | undefined>, writer: StoreWriter) {
    this.#opening = opening;
    this.#writer = writer;
  }

  /** Takes out what was kept in earlier visits. */
  async load(): Promise<void> {
    const store = await this.#opening;
    try {
      const [keys = [], values = []] = await Promise.all([
        store?.getAllKeys('thumbnails'),
        store?.getAll('thumbnails'),
      ]);
      const kept = values.map(({ at, picture }, index) => ({ key: keys[index] ?? '', at, picture }));
      kept.sort((a, b) => b.at - a.at);
      for (const { key, picture } of kept.slice(0, MOST)) this.#show(key, picture);
      for (const { key } of kept.slice(MOST)) this.#writer.delete('thumbnails', key);
    } catch {
      // What can not be read is drawn again or left out.
    }
  }

  /** Address of a thumbnail, good in this tab. */
  find(key: string): string | undefined {
    return this.#shown.get(key)?.address;
  }

  /** Keeps a thumbnail; gives its address. */
  keep(key: string, picture: Blob): string {
    this.#writer.put('thumbnails', key, { at: Date.now(), picture });
    return this.#show(key, picture);
  }

  /** An upload has become an image: its thumbnail goes by the image's id from now on. */
  rename(key: string, image: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    this.#shown.delete(key);
    this.#shown.set(image, shown);
    this.#writer.delete('thumbnails', key);
    this.#writer.put('thumbnails', image, { at: Date.now(), picture: shown.picture });
  }

  forget(key: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    URL.revokeObjectURL(shown.address);
    this.#shown.delete(key);
    this.#writer.delete('thumbnails', key);
  }

  #show(key: string, picture: Blob): string {
    const address = URL.createObjectURL(picture);
    this.#shown.set(key, { address, picture });
    return address;
  }
}
