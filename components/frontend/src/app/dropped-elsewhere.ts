/** A page that takes dropped files for itself, instead of handing them to the tray of the first page. */
export type TakeDropped = (files: readonly File[]) => void;

/** Who takes files that are dropped on the window: the last that claimed them, as long as it is there. */
export class DroppedElsewhere {
  readonly #takers: TakeDropped[] = [];

  readonly claim = (take: TakeDropped): (() => void) => {
    this.#takers.push(take);
    return () => {
      this.#takers.splice(this.#takers.indexOf(take), 1);
    };
  };

  /** @returns whether somebody took them. */
  readonly offer = (files: readonly File[]): boolean => {
    const take = this.#takers.at(-1);
    take?.(files);
    return take !== undefined;
  };
}
