import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeHistory, EMPTY_HISTORY, MOST_UNDO, type DraftHistory, type HistoryChange } from './draft-history.ts';
import { add, changeArbitrary } from './draft-fixture.ts';

const run = (changes: readonly HistoryChange[], from: DraftHistory = EMPTY_HISTORY): DraftHistory =>
  changes.reduce(changeHistory, from);
const times = (number: number, change: HistoryChange): HistoryChange[] => Array.from({ length: number }, () => change);
const set = (value: number): HistoryChange => ({ type: 'set', id: 1, name: 'ksize', value });

describe('changeHistory', () => {
  it('undoes everything to the beginning, and redoes it to the end, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(changeArbitrary, { maxLength: MOST_UNDO }), (changes) => {
        const done = run(changes);
        const undone = run(times(done.past.length, { type: 'undo' }), done);
        expect(undone.present).toBe(EMPTY_HISTORY.present);
        expect(undone.past).toEqual([]);
        const redone = run(times(undone.future.length, { type: 'redo' }), undone);
        expect(redone.present).toBe(done.present);
        expect(redone.past).toEqual(done.past);
      }),
    );
  });

  it('never keeps more than its bound, and nothing to redo after a change', () => {
    const either = fc.oneof(
      { weight: 3, arbitrary: changeArbitrary },
      fc.constantFrom<HistoryChange>({ type: 'undo' }, { type: 'redo' }, { type: 'seal' }),
    );
    fc.assert(
      fc.property(fc.array(either, { maxLength: 300 }), (changes) => {
        let history = EMPTY_HISTORY;
        for (const change of changes) {
          const before = history;
          history = changeHistory(history, change);
          expect(history.past.length).toBeLessThanOrEqual(MOST_UNDO);
          const moved = history.present !== before.present;
          if (moved && change.type !== 'undo' && change.type !== 'redo') expect(history.future).toEqual([]);
        }
      }),
    );
  });

  it('returns to an earlier draft, from where all can be made again', () => {
    const calm = run([add('dilate'), add('invert')]);
    const wild = run([set(31), add('median')], calm);
    const back = run([{ type: 'return', to: calm.present }], wild);
    expect(back).toMatchObject({ past: calm.past, present: calm.present });
    expect(run(times(2, { type: 'redo' }), back).present).toBe(wild.present);
    const midway = run([set(7)], calm);
    const further = run([set(31)], midway);
    expect(run([{ type: 'return', to: midway.present }], further)).toMatchObject({
      past: midway.past,
      present: midway.present,
    });
  });

  it('takes the way of a slider as one change, until it is let go', () => {
    const moved = run([add('dilate'), set(7), set(9), set(11)]);
    expect(run([{ type: 'undo' }], moved).present.steps[0]?.params.ksize).toBe(5);
    const again = run([{ type: 'seal' }, set(13)], moved);
    expect(run([{ type: 'undo' }], again).present.steps[0]?.params.ksize).toBe(11);
  });
});
