import type { JobDto } from '@tessera/contracts';
import { useEffect, useState } from 'react';
import { CalmLeft, type ShownLeft } from './calm-left.ts';

/** Milliseconds between two looks at what could be shown. */
const LOOK_EVERY = 500;

/** The time left, counted down between estimates and changed every two seconds at most; undefined while it is not told. */
export function useCalmLeft(
  progress: Pick<JobDto['progress'], 'eta' | 'slots'>,
  retrying: number,
  enabled: boolean,
): ShownLeft | undefined {
  const [calm] = useState(() => new CalmLeft());
  const [shown, setShown] = useState<ShownLeft>();
  const { eta, slots } = progress;

  useEffect(() => {
    calm.take(eta, { slots, retrying, now: performance.now() });
  }, [calm, eta, slots, retrying]);

  useEffect(() => {
    if (!enabled) return;
    const look = (): void => setShown(calm.show(performance.now()));
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [calm, enabled]);

  return enabled ? shown : undefined;
}
