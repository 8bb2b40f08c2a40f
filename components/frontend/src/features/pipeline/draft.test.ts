import { jobRequestSchema, OPERATIONS, outputFormatSchema, type OperationDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jobFixture } from '../../api/job-fixture.ts';
import { changeDraft, EMPTY_DRAFT, isComplete, requestOf, type Draft, type DraftChange } from './draft.ts';

const catalogue: readonly OperationDto[] = OPERATIONS.map(({ params, ...operation }) => ({
  ...operation,
  kind: 'point',
  params: z.toJSONSchema(params, { io: 'input' }),
}));
const operation = (op: string): OperationDto =>
  catalogue.find((candidate) => candidate.op === op) ?? ({} as OperationDto);
const after = (...changes: DraftChange[]): Draft => changes.reduce(changeDraft, EMPTY_DRAFT);
const add = (op: string): DraftChange => ({ type: 'add', operation: operation(op) });
const ops = (draft: Draft): string[] => draft.steps.map(({ op }) => op);

describe('changeDraft', () => {
  it('adds, moves and removes steps; equal operations stay apart', () => {
    const draft = after(add('median'), add('canny'), add('median'));
    expect(ops(changeDraft(draft, { type: 'move', id: 2, by: -1 }))).toEqual(['canny', 'median', 'median']);
    expect(changeDraft(draft, { type: 'move', id: 1, by: -1 }).steps).toEqual(draft.steps);
    expect(changeDraft(draft, { type: 'remove', id: 1 }).steps.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('sets a parameter of one step only', () => {
    const draft = after(add('median'), add('median'), { type: 'set', id: 2, name: 'ksize', value: 7 });
    expect(draft.steps.map(({ params }) => params.ksize)).toEqual([5, 7]);
  });

  it('takes the usual quality of a format, and keeps one that was set', () => {
    const avif = after({ type: 'output', changes: { format: 'avif' } });
    expect(avif.quality).toBe(60);
    expect(changeDraft(avif, { type: 'output', changes: { quality: 30 } }).quality).toBe(30);
  });

  it('does not ask to split what can not be joined', () => {
    const draft = after(
      { type: 'output', changes: { split: 'always' } },
      { type: 'output', changes: { format: 'webp' } },
    );
    expect(draft.split).toBe('auto');
  });

  it('loads the pipeline and the output of a job', () => {
    const job = jobFixture({ pipeline: [{ op: 'threshold', params: { value: 12 } }] });
    const draft = changeDraft(after(add('canny')), { type: 'load', job });
    expect(draft.steps).toMatchObject([{ op: 'threshold', params: { value: 12 } }]);
  });

  it('takes no more steps than the server', () => {
    expect(after(...Array.from({ length: 40 }, () => add('invert'))).steps).toHaveLength(32);
  });
});

describe('requestOf', () => {
  it('makes a request that the server’s schema takes, for every operation and format', () => {
    for (const format of outputFormatSchema.options) {
      const draft = after(...OPERATIONS.map(({ op }) => add(op)), { type: 'output', changes: { format } });
      expect(isComplete(draft, catalogue)).toBe(true);
      expect(jobRequestSchema.parse(requestOf(draft, ['a'])).pipeline).toHaveLength(OPERATIONS.length);
    }
  });

  it('leaves out what the format has not', () => {
    expect(requestOf(EMPTY_DRAFT, ['a'])).toMatchObject({ output: { format: 'png' } });
    expect(requestOf(EMPTY_DRAFT, ['a']).output).not.toHaveProperty('quality');
  });
});

describe('isComplete', () => {
  it('finds a value out of range', () => {
    expect(isComplete(after(add('dilate'), { type: 'set', id: 1, name: 'ksize', value: 99 }), catalogue)).toBe(false);
  });
});
