import { isUnderWay, needsAttention, type UploadItem } from './upload-item.ts';

/** A tray in figures. What was refused counts only as refused. */
export interface TraySums {
  readonly files: number;
  readonly ready: number;
  readonly underWay: number;
  readonly paused: number;
  /** Missing or lost. */
  readonly attention: number;
  readonly refused: number;
  /** Bytes of all files, and what of them was sent. */
  readonly bytes: number;
  readonly sent: number;
}

export function sumUp(items: readonly UploadItem[]): TraySums {
  const sums = { files: 0, ready: 0, underWay: 0, paused: 0, attention: 0, refused: 0, bytes: 0, sent: 0 };
  for (const item of items) {
    if (item.state === 'refused') {
      sums.refused += 1;
      continue;
    }
    sums.files += 1;
    sums.bytes += item.bytes;
    sums.sent += item.bytes * item.share;
    if (item.state === 'ready') sums.ready += 1;
    else if (item.state === 'paused') sums.paused += 1;
    else if (isUnderWay(item)) sums.underWay += 1;
    else if (needsAttention(item)) sums.attention += 1;
  }
  return sums;
}

/** The files to show one by one: those that need the visitor first, else in the order of coming. */
export function inOrder(items: readonly UploadItem[]): readonly UploadItem[] {
  const shown = items.filter(({ state }) => state !== 'refused');
  const first = shown.filter(needsAttention);
  return first.length === 0 ? shown : [...first, ...shown.filter((item) => !needsAttention(item))];
}
