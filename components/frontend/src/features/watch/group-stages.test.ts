import { describe, expect, it } from 'vitest';
import { groupStages } from './group-stages.ts';

const stage = (kind: string, passedOver?: true) => ({ kind, tasks: 1, done: 1, ...(passedOver && { passedOver }) });
const look = (passedOver?: true) => [stage('observe', passedOver), stage('merge', passedOver)];

describe('the stages as they are listed', () => {
  it('join the rounds of one operation, and tell how many were needed', () => {
    const groups = groupStages([...look(), stage('materialize'), ...look(), ...look(), ...look(true), stage('render')]);
    expect(groups.map(({ stages, rounds }) => [stages[0]?.kind, stages.length, rounds])).toEqual([
      ['observe', 1, undefined],
      ['merge', 1, undefined],
      ['materialize', 1, undefined],
      ['observe', 6, { most: 3, needed: 2 }],
      ['render', 1, undefined],
    ]);
    expect(groupStages([])).toEqual([]);
  });
});
