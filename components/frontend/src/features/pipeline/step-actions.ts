import type { DraftStep } from './draft.ts';
import type { FieldValue } from './field.ts';

/** What can be done with a step of the list. */
export interface StepActions {
  /** Puts it at another place, counted from 0; nothing happens beyond the ends. */
  place(step: DraftStep, to: number): void;
  turn(step: DraftStep, on: boolean): void;
  duplicate(step: DraftStep): void;
  remove(step: DraftStep): void;
  set(step: DraftStep, name: string, value: FieldValue): void;
  /** The value being set is set. */
  readonly seal: () => void;
}
