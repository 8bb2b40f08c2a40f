import type { JobDto } from '@tessera/contracts';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useParts } from '../../../app/parts.ts';
import type { Draft } from '../draft.ts';
import type { StartState } from './starter.ts';

export interface Start extends StartState {
  /** Starts the draft as it is now, as soon as all uploads have ended. */
  readonly start: () => void;
  /** Calls off what still waits for uploads. */
  readonly callOff: () => void;
}

/** The start of this tab's draft; `show` goes to the jobs. */
export function useStart(draft: Draft, show: (jobs: readonly JobDto[]) => Promise<void>): Start {
  const { starter } = useParts();
  const state = useSyncExternalStore(starter.subscribe, starter.state);
  const onStarted = useEffectEvent(show);
  useEffect(() => starter.shows((jobs) => onStarted(jobs)), [starter]);
  return { ...state, start: () => void starter.start(draft), callOff: starter.callOff };
}
