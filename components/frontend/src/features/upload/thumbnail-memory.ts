import type { BrowserStore } from './keep/browser-store.ts';

/** Thumbnails kept over reloads; one has about 20 kB. */
const MOST = 600;

/**
 * Remembers thumbnails in this browser, by the id of an upload until its image has one, then by that: the tray and
 * earlier jobs show their pictures at once.
 */
export class ThumbnailMemory {
  readonly #opening: Promise<BrowserStore | undefined>;
  readonly #addresses = new Map<string, string>();

  constructor(opening: Promise<BrowserStore | undefined>) {
    this.#opening = opening;
  }

  /** Takes out what was kept in earlier visits. */
  async load(): Promise<void> {
    const store = await this.#opening;
    if (!store) return;
    try {
      const [keys, values] = await Promise.all([store.getAllKeys('thumbnails'), store.getAll('thumbnails')]);
      const kept = keys.map((key, index) => ({ key, at: values[index]?.at ?? 0, picture: values[index]?.picture }));
      kept.sort((a, b) => b.at - a.at);
      for (const { key, picture } of kept.slice(0, MOST)) if (picture) this.#show(key, picture);
      await Promise.all(kept.slice(MOST).map(({ key }) => store.delete('thumbnails', key)));
    } catch {
      // What can not be read is drawn again or left out.
    }
  }

  /** Address of a thumbnail, good in this tab. */
  find(key: string): string | undefined {
    return this.#addresses.get(key);
  }

  /** Keeps a thumbnail; gives its address. */
  keep(key: string, picture: Blob): string {
    void this.#opening.then((store) =>
      store?.put('thumbnails', { at: Date.now(), picture }, key).catch(() => undefined),
    );
    return this.#show(key, picture);
  }

  /** An upload has become an image: its thumbnail goes by the image's id from now on. */
  async rename(key: string, image: string): Promise<void> {
    const address = this.#addresses.get(key);
    if (address === undefined) return;
    this.#addresses.set(image, address);
    const store = await this.#opening;
    try {
      const kept = await store?.get('thumbnails', key);
      if (!kept) return;
      await store?.put('thumbnails', kept, image);
      await store?.delete('thumbnails', key);
    } catch {
      // It is shown until the tab is closed.
    }
  }

  forget(key: string): void {
    const address = this.#addresses.get(key);
    if (address === undefined) return;
    this.#addresses.delete(key);
    // Another name may still show it.
    if (![...this.#addresses.values()].includes(address)) URL.revokeObjectURL(address);
    void this.#opening.then((store) => store?.delete('thumbnails', key).catch(() => undefined));
  }

  #show(key: string, picture: Blob): string {
    const address = URL.createObjectURL(picture);
    this.#addresses.set(key, address);
    return address;
  }
}
