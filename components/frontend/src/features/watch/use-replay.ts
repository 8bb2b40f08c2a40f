import { useReducedMotion } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** A whole replay takes so long at most, and a short job is shown as it was, in milliseconds. */
const LONGEST = 15_000;
/** Milliseconds between two pictures of a replay; with reduced motion, and between two changes of the address. */
const FRAME = 66;
const CALM_FRAME = 1000;
const ADDRESS_EVERY = 400;

const route = getRouteApi('/jobs/$job');

export interface Replay {
  /** Milliseconds since the job was submitted; undefined: as it is now. */
  readonly time: number | undefined;
  readonly playing: boolean;
  readonly set: (time: number | undefined) => void;
  readonly toggle: () => void;
}

/** The time that is shown of a job. It is in the address, so that a link shows the same. @param whole of the job, in milliseconds. */
export function useReplay(whole: number): Replay {
  const { t } = route.useSearch();
  const navigate = route.useNavigate();
  const calm = useReducedMotion();
  const [moved, setMoved] = useState<number | undefined>();
  const [playing, setPlaying] = useState(false);
  const time = t === undefined ? undefined : Math.min(whole, moved ?? t * 1000);

  const set = (next: number | undefined): void => {
    setPlaying(false);
    setMoved(next);
    if (next === undefined || t === undefined) write(next);
  };
  const write = (next: number | undefined): void => {
    const seconds = next === undefined ? undefined : Math.round(next / 10) / 100;
    void navigate({
      search: ({ t: _before, ...others }) => (seconds === undefined ? others : { ...others, t: seconds }),
      replace: true,
      resetScroll: false,
    });
  };
  const toggle = (): void => {
    if (!playing && (time === undefined || time >= whole)) {
      setMoved(0);
      write(0);
    }
    setPlaying(!playing);
  };

  // The address follows what is shown, not at each step.
  useEffect(() => {
    if (moved === undefined || t === undefined || Math.abs(moved - t * 1000) < 6) return;
    const timer = setTimeout(() => write(moved), ADDRESS_EVERY);
    return () => clearTimeout(timer);
  });

  useEffect(() => {
    if (!playing) return;
    const every = calm ? CALM_FRAME : FRAME;
    const step = every * Math.max(1, whole / LONGEST);
    const timer = setInterval(() => {
      setMoved((before) => {
        const next = (before ?? (t ?? 0) * 1000) + step;
        if (next >= whole) setPlaying(false);
        return Math.min(whole, next);
      });
    }, every);
    return () => clearInterval(timer);
  }, [playing, calm, whole, t]);

  return { time, playing, set, toggle };
}
