import { useEffect, useRef, useState } from 'react';
import { sumUp } from './tray-sums.ts';
import { TransferRate } from './transfer-rate.ts';
import type { UploadTray } from './upload-tray.ts';

/** Milliseconds between two estimates: an estimate that changes faster is not read. */
const EVERY = 2000;

/** Seconds until all uploads are sent; undefined while nothing is sent or nobody can say. */
export function useTimeLeft(tray: UploadTray): number | undefined {
  const rate = useRef(new TransferRate());
  const [left, setLeft] = useState<number>();

  useEffect(() => {
    const timer = setInterval(() => {
      const items = tray.items().filter(({ state }) => state === 'waiting' || state === 'sending');
      const { bytes, sent } = sumUp(items);
      if (!items.some(({ state }) => state === 'sending')) {
        rate.current.rest();
        setLeft(undefined);
        return;
      }
      rate.current.note(performance.now() / 1000, tray.sentBytes());
      setLeft(rate.current.secondsFor(bytes - sent));
    }, EVERY);
    return () => clearInterval(timer);
  }, [tray]);
  return left;
}
