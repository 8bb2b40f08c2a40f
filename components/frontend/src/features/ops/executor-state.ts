import type { OpsExecutor } from '@tessera/contracts';
import type { OpsState } from './state-label.tsx';

/** What an executor is doing, as it is shown: one that has room but does not want to take anything is told apart. */
export function executorState({ state, willing }: Pick<OpsExecutor, 'state' | 'willing'>): OpsState {
  return willing === false && (state === 'busy' || state === 'idle') ? 'unwilling' : state;
}
