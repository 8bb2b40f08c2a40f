import type { JobDto, OperationDto, OutputFormat, Split } from '@tessera/contracts';
import { fallbacksOf, fieldsOf, problemOf, type FieldValue } from './field.ts';

export interface DraftStep {
  /** Tells equal steps apart; not sent. */
  readonly id: number;
  readonly op: string;
  readonly params: Readonly<Record<string, FieldValue>>;
}

/** What is to be done with the images, while it is being composed. */
export interface Draft {
  readonly nextId: number;
  readonly steps: readonly DraftStep[];
  readonly format: OutputFormat;
  /** 1–100; used by the formats that have one. */
  readonly quality: number;
  readonly subsampling: '4:2:0' | '4:4:4';
  readonly split: Split;
  readonly verify: boolean;
}

export const EMPTY_DRAFT: Draft = {
  nextId: 1,
  steps: [],
  format: 'png',
  quality: 85,
  subsampling: '4:2:0',
  split: 'auto',
  verify: false,
};

/** Longest pipeline the server takes. */
export const MOST_STEPS = 32;

export type DraftChange =
  | { readonly type: 'add'; readonly operation: OperationDto }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'move'; readonly id: number; readonly by: -1 | 1 }
  | { readonly type: 'set'; readonly id: number; readonly name: string; readonly value: FieldValue }
  | {
      readonly type: 'output';
      readonly changes: Partial<Pick<Draft, 'format' | 'quality' | 'subsampling' | 'split' | 'verify'>>;
    }
  | { readonly type: 'load'; readonly job: Pick<JobDto, 'pipeline' | 'output'> };

/** Formats that lose something, and their default quality. */
const QUALITY: Readonly<Partial<Record<OutputFormat, number>>> = { jpeg: 85, webp: 85, avif: 60 };

export function hasQuality(format: OutputFormat): boolean {
  return format in QUALITY;
}

/** WebP and AVIF files can not be joined from parts, so one machine makes them. */
export function canSplit(format: OutputFormat): boolean {
  return format !== 'webp' && format !== 'avif';
}

function move(steps: readonly DraftStep[], id: number, by: -1 | 1): readonly DraftStep[] {
  const from = steps.findIndex((step) => step.id === id);
  const to = from + by;
  const step = steps[from];
  if (!step || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(from, 1).toSpliced(to, 0, step);
}

function setOutput(draft: Draft, changes: Extract<DraftChange, { type: 'output' }>['changes']): Draft {
  const next = { ...draft, ...changes };
  const { format } = next;
  const quality = format === draft.format ? next.quality : (QUALITY[format] ?? next.quality);
  return { ...next, quality, split: !canSplit(format) && next.split === 'always' ? 'auto' : next.split };
}

/** The draft after a change. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'add': {
      if (draft.steps.length >= MOST_STEPS) return draft;
      const step = {
        id: draft.nextId,
        op: change.operation.op,
        params: fallbacksOf(fieldsOf(change.operation.params)),
      };
      return { ...draft, nextId: draft.nextId + 1, steps: [...draft.steps, step] };
    }
    case 'remove':
      return { ...draft, steps: draft.steps.filter(({ id }) => id !== change.id) };
    case 'move':
      return { ...draft, steps: move(draft.steps, change.id, change.by) };
    case 'set':
      return {
        ...draft,
        steps: draft.steps.map((step) =>
          step.id === change.id ? { ...step, params: { ...step.params, [change.name]: change.value } } : step,
        ),
      };
    case 'output':
      return setOutput(draft, change.changes);
    case 'load': {
      const { pipeline, output } = change.job;
      const steps = pipeline.map(({ op, params }, index) => ({ id: draft.nextId + index, op, params: { ...params } }));
      const { format, quality, subsampling } = output;
      return setOutput({ ...draft, nextId: draft.nextId + steps.length, steps, format, quality, subsampling }, {});
    }
  }
}

/** Whether every value of the draft may be sent. */
export function isComplete(draft: Draft, operations: readonly OperationDto[]): boolean {
  return draft.steps.every((step) => {
    const operation = operations.find(({ op }) => op === step.op);
    return operation && fieldsOf(operation.params).every((field) => !problemOf(field, step.params[field.name]));
  });
}

/** The body of `POST /jobs` for a draft. */
export function requestOf(draft: Draft, images: readonly string[]): Readonly<Record<string, unknown>> {
  const { format, quality, subsampling, split, verify } = draft;
  return {
    images,
    pipeline: draft.steps.map(({ op, params }) => ({ op, params })),
    output: { format, ...(hasQuality(format) && { quality }), ...(format === 'jpeg' && { subsampling }) },
    split,
    verify,
  };
}
