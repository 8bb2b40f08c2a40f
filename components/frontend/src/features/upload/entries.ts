import { ItemList } from './item-list.ts';
import type { KeptUpload } from './keep/kept-upload.ts';
import type { TrayMemory } from './keep/tray-memory.ts';
import type { UploadError, UploadItem, UploadState } from './upload-item.ts';
import type { UploadWork } from './upload-work.ts';

/** Share by which an upload goes on between two times that it is kept. */
const KEEP_EVERY = 0.02;

/** What is kept of each state: whatever was under way is to be sent. */
const KEPT_STATES: Readonly<Record<UploadState, KeptUpload['state']>> = {
  waiting: 'open',
  sending: 'open',
  checking: 'open',
  missing: 'open',
  lost: 'open',
  paused: 'paused',
  ready: 'ready',
  refused: 'refused',
};

/** The items of a tray with the work behind them, kept in this browser with every change that matters. */
export class Entries {
  readonly list = new ItemList();
  readonly #work = new Map<string, UploadWork>();
  readonly #memory: TrayMemory;
  readonly #keptShares = new Map<string, number>();

  constructor(memory: TrayMemory) {
    this.#memory = memory;
  }

  item(id: string): UploadItem | undefined {
    return this.list.find(id);
  }

  work(id: string): UploadWork | undefined {
    return this.#work.get(id);
  }

  add(entries: readonly { readonly item: UploadItem; readonly work: UploadWork }[]): void {
    for (const { item, work } of entries) this.#work.set(item.id, work);
    this.list.add(entries.map(({ item }) => item));
    for (const { item } of entries) this.keep(item.id);
  }

  patch(id: string, changes: Partial<UploadItem>): void {
    this.list.patch(id, changes);
    const { share } = changes;
    const onlyShare = share !== undefined && Object.keys(changes).length === 1;
    if (!onlyShare || share - (this.#keptShares.get(id) ?? 0) >= KEEP_EVERY) this.keep(id);
  }

  /** Refuses a file for good; nothing more of it is sent. */
  refuse(id: string, error: UploadError, facts?: UploadItem['facts']): void {
    this.#work.get(id)?.abort.abort();
    this.patch(id, { state: 'refused', error, ...(facts && { facts }) });
    this.#memory.dropFile(id);
  }

  delete(id: string): void {
    this.#work.get(id)?.abort.abort();
    this.#work.delete(id);
    this.#keptShares.delete(id);
    this.list.delete(id);
    this.#memory.delete(id);
    this.#memory.dropFile(id);
  }

  keep(id: string): void {
    const item = this.item(id);
    const work = this.work(id);
    if (!item || !work) return;
    const { thumbnail: _shown, state, ...kept } = item;
    const { tray, order, lastModified, address, source } = work;
    this.#keptShares.set(id, item.share);
    this.#memory.put({
      ...kept,
      state: KEPT_STATES[state],
      tray,
      order,
      lastModified,
      at: Date.now(),
      ...(address !== undefined && { address }),
      ...(source !== undefined && { source }),
    });
  }
}
