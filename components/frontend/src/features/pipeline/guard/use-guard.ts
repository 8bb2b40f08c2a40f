import type { EstimateDto } from '@tessera/contracts';
import { useEffect, useState } from 'react';
import { useDraft } from '../use-draft.ts';
import type { Draft } from '../draft.ts';
import { isAbsurd } from './absurd.ts';
import type { EstimateInHand } from '../start/use-estimate.ts';

export interface Question {
  readonly about: 'change' | 'start';
  readonly estimate: EstimateDto;
  readonly no: () => void;
  readonly yes: () => void;
}

export interface Guard {
  /** What is to be answered before anything goes on. */
  readonly question: Question | undefined;
  /** Runs `start`, after asking where the work would be absurd. */
  readonly whenSane: (start: () => void) => void;
}

/**
 * Asks when a change makes the work absurdly large or long, and before such work is started. A change that is taken back
 * leaves the draft as it was before it.
 */
export function useGuard({ estimate, key }: EstimateInHand, sourceBytes: number): Guard {
  const { draft, change } = useDraft();
  /** The last draft that was no such work, on the same images. */
  const [calm, setCalm] = useState<{ draft: Draft; sourceBytes: number }>();
  const [accepted, setAccepted] = useState<string>();
  const [starting, setStarting] = useState<() => void>();
  const absurd = estimate !== undefined && key !== undefined && key !== accepted && isAbsurd(estimate, sourceBytes);

  useEffect(() => {
    if (key !== undefined && !absurd && key !== accepted) setCalm({ draft, sourceBytes });
  }, [key, absurd, accepted, draft, sourceBytes]);

  const whenSane = (start: () => void): void => {
    if (absurd) setStarting(() => start);
    else start();
  };

  const changed = calm !== undefined && calm.draft !== draft && calm.sourceBytes === sourceBytes;
  if (!absurd || !(starting ?? changed)) return { question: undefined, whenSane };
  if (starting) {
    const question: Question = {
      about: 'start',
      estimate,
      no: () => setStarting(undefined),
      yes: () => {
        setAccepted(key);
        setStarting(undefined);
        starting();
      },
    };
    return { question, whenSane };
  }
  const question: Question = {
    about: 'change',
    estimate,
    no: () => change({ type: 'return', to: calm?.draft ?? draft }),
    yes: () => setAccepted(key),
  };
  return { question, whenSane };
}
