import type {
  OperationDto,
  OutputFormat,
  OutputRequest,
  Split,
  StepInput,
  Strategy,
  TileLayout,
} from '@tessera/contracts';
import { fallbacksOf, fieldsOf, problemOf, type FieldValue } from './field.ts';

export type Params = Readonly<Record<string, FieldValue>>;

export interface DraftStep {
  /** Tells equal steps apart; not sent. */
  readonly id: number;
  readonly op: string;
  readonly params: Params;
  /** Switched off: kept in its place, but left out of the work. */
  readonly off?: true;
}

/** What is to be done with the images, while it is being composed. */
export interface Draft {
  readonly nextId: number;
  readonly steps: readonly DraftStep[];
  readonly format: OutputFormat;
  /** 1–100; used by the formats that have one. */
  readonly quality: number;
  readonly subsampling: '4:2:0' | '4:4:4';
  readonly metadata: 'strip' | 'keep';
  /** Bits a channel that are worked in: those of the image, or 8. */
  readonly depth: 'keep' | 8;
  /** What the result is: one file, or a pyramid of tiles. */
  readonly result: ResultShape;
  /** Longest sides of the files, where they are several. */
  readonly sides: readonly number[];
  readonly split: Split;
  readonly strategy: Strategy;
  readonly verify: boolean;
  /** Address that is told when the work has ended; empty: none. It is in no link, for it may hold a token. */
  readonly webhook: string;
  /** Signs what the address is told. */
  readonly webhookSecret: string;
}

/** What a result can be. */
export type ResultShape = 'file' | 'sizes' | TileLayout;

/** The parts of a draft besides its steps. */
export type DraftOutput = Omit<Draft, 'nextId' | 'steps'>;

export const EMPTY_DRAFT: Draft = {
  nextId: 1,
  steps: [],
  format: 'png',
  quality: 85,
  subsampling: '4:2:0',
  metadata: 'strip',
  depth: 'keep',
  result: 'file',
  sides: [320, 640, 1280],
  split: 'auto',
  strategy: 'balanced',
  verify: false,
  webhook: '',
  webhookSecret: '',
};

/** Longest pipeline the server takes. */
export const MOST_STEPS = 32;

export type DraftChange =
  | { readonly type: 'add'; readonly operation: OperationDto }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'duplicate'; readonly id: number }
  | { readonly type: 'switch'; readonly id: number; readonly on: boolean }
  /** Puts a step at another place, counted from 0. */
  | { readonly type: 'place'; readonly id: number; readonly to: number }
  | { readonly type: 'set'; readonly id: number; readonly name: string; readonly value: FieldValue }
  | { readonly type: 'output'; readonly changes: Partial<DraftOutput> }
  /** Takes all steps, and the output where one is given, from elsewhere. */
  | { readonly type: 'load'; readonly steps: readonly Omit<DraftStep, 'id'>[]; readonly output?: Partial<DraftOutput> };

/** What a result of that format can be: tiles are what every viewer shows. */
export const shapesOf = (format: OutputFormat): readonly ResultShape[] =>
  format === 'avif' || format === 'tiff' ? ['file', 'sizes'] : ['file', 'sizes', 'dzi', 'iiif'];

/** Formats that lose something, and their default quality. */
const QUALITY: Readonly<Partial<Record<OutputFormat, number>>> = { jpeg: 85, webp: 85, avif: 60 };

export function hasQuality(format: OutputFormat): boolean {
  return format in QUALITY;
}

export function defaultQuality(format: OutputFormat): number {
  return QUALITY[format] ?? EMPTY_DRAFT.quality;
}

/** WebP and AVIF files can not be joined from parts, so one machine makes them; tiles are not joined. */
export function canSplit({ format, result }: Pick<Draft, 'format' | 'result'>): boolean {
  return (format !== 'webp' && format !== 'avif') || result === 'dzi' || result === 'iiif';
}

function place(steps: readonly DraftStep[], id: number, to: number): readonly DraftStep[] {
  const from = steps.findIndex((step) => step.id === id);
  const step = steps[from];
  if (!step || from === to || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(from, 1).toSpliced(to, 0, step);
}

function setOutput(draft: Draft, changes: Partial<DraftOutput>): Draft {
  const entries = Object.entries(changes) as [keyof DraftOutput, unknown][];
  if (entries.every(([name, value]) => draft[name] === value)) return draft;
  const next = { ...draft, ...changes };
  if (!shapesOf(next.format).includes(next.result)) next.result = 'file';
  const { format } = next;
  const quality = changes.quality ?? (format === draft.format ? next.quality : defaultQuality(format));
  return { ...next, quality, split: !canSplit(next) && next.split === 'always' ? 'auto' : next.split };
}

function changeStep(draft: Draft, id: number, change: (step: DraftStep) => DraftStep): Draft {
  const steps = draft.steps.map((step) => (step.id === id ? change(step) : step));
  return steps.every((step, index) => step === draft.steps[index]) ? draft : { ...draft, steps };
}

function insert(draft: Draft, at: number, { op, params, off }: Omit<DraftStep, 'id'>): Draft {
  if (draft.steps.length >= MOST_STEPS) return draft;
  const step = { id: draft.nextId, op, params, ...(off && { off }) };
  return { ...draft, nextId: draft.nextId + 1, steps: draft.steps.toSpliced(at, 0, step) };
}

/** The draft after a change; the very same where the change changes nothing. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'add': {
      const { op, params } = change.operation;
      return insert(draft, draft.steps.length, { op, params: fallbacksOf(fieldsOf(params)) });
    }
    case 'remove': {
      const steps = draft.steps.filter(({ id }) => id !== change.id);
      return steps.length === draft.steps.length ? draft : { ...draft, steps };
    }
    case 'duplicate': {
      const at = draft.steps.findIndex(({ id }) => id === change.id);
      const step = draft.steps[at];
      return step ? insert(draft, at + 1, step) : draft;
    }
    case 'switch':
      return changeStep(draft, change.id, (step) => {
        if (change.on === !step.off) return step;
        const { off: _off, ...rest } = step;
        return change.on ? rest : { ...rest, off: true };
      });
    case 'place': {
      const steps = place(draft.steps, change.id, change.to);
      return steps === draft.steps ? draft : { ...draft, steps };
    }
    case 'set':
      return changeStep(draft, change.id, (step) =>
        step.params[change.name] === change.value
          ? step
          : { ...step, params: { ...step.params, [change.name]: change.value } },
      );
    case 'output':
      return setOutput(draft, change.changes);
    case 'load': {
      const steps = change.steps.slice(0, MOST_STEPS).map((step, index) => ({ ...step, id: draft.nextId + index }));
      return setOutput({ ...draft, nextId: draft.nextId + steps.length, steps }, change.output ?? {});
    }
  }
}

/** The steps that do something, as requests write them. */
export function pipelineOf(draft: Draft): StepInput[] {
  return draft.steps.filter(({ off }) => !off).map(({ op, params }) => ({ op, params: { ...params } }));
}

/** How the result is to be encoded, without what the format has not. */
export function outputOf({ format, quality, subsampling, metadata, depth, result, sides }: DraftOutput): OutputRequest {
  return {
    ...(result === 'sizes' ? { thumbnails: [...sides] } : result !== 'file' && { tiles: { layout: result } }),
    format,
    ...(hasQuality(format) && { quality }),
    ...(format === 'jpeg' && { subsampling }),
    ...(metadata === 'keep' && { metadata }),
    ...(depth === 8 && { depth }),
  };
}

/** The body of `POST /jobs` for a draft. */
export function requestOf(draft: Draft, images: readonly string[]) {
  const { split, strategy, verify } = draft;
  const webhook = draft.webhook.trim();
  return {
    images,
    pipeline: pipelineOf(draft),
    output: outputOf(draft),
    split,
    strategy,
    verify,
    ...(webhook !== '' && { webhook: { url: webhook, secret: draft.webhookSecret } }),
  };
}

/** Whether a text can sign what a webhook is told. */
export function isSecret(text: string): boolean {
  return text.length >= 16 && text.length <= 128;
}

/** Whether a text can be the address of a webhook, or is empty. */
export function isWebhook(text: string): boolean {
  const address = text.trim();
  return address === '' || (/^https?:\/\/./i.test(address) && URL.canParse(address));
}

/** What of an output request a draft takes over; what is left out falls back to its default. */
export function draftOutputOf({
  format,
  quality,
  subsampling,
  metadata,
  depth,
  tiles,
  thumbnails,
}: OutputRequest): Partial<DraftOutput> {
  return {
    format,
    quality: quality ?? defaultQuality(format),
    subsampling: subsampling ?? EMPTY_DRAFT.subsampling,
    metadata: metadata ?? EMPTY_DRAFT.metadata,
    depth: depth ?? EMPTY_DRAFT.depth,
    result: tiles?.layout ?? (thumbnails ? 'sizes' : EMPTY_DRAFT.result),
    sides: thumbnails ?? EMPTY_DRAFT.sides,
  };
}

/** Steps of a request or a job as a draft takes them. */
export function draftStepsOf(pipeline: readonly StepInput[]): Omit<DraftStep, 'id'>[] {
  return pipeline.map(({ op, params }) => ({ op, params: { ...(params as Params | undefined) } }));
}

/** Whether every value of the draft may be sent. */
export function isComplete(draft: Draft, operations: readonly OperationDto[]): boolean {
  if (!isWebhook(draft.webhook) || (draft.webhook.trim() !== '' && !isSecret(draft.webhookSecret))) return false;
  return draft.steps.every((step) => {
    if (step.off) return true;
    const operation = operations.find(({ op }) => op === step.op);
    return (
      operation &&
      fieldsOf(operation.params).every((field) => !problemOf(field, step.params[field.name] ?? field.fallback))
    );
  });
}

/** Ids of the steps that work with 8 bits a channel only, where an image has 16 and keeps them. */
export function stepsIn8({ steps, depth }: Draft, operations: readonly OperationDto[]): ReadonlySet<number> {
  const isIn8 = ({ op, off }: DraftStep): boolean =>
    !off && operations.find((operation) => operation.op === op)?.depths.includes(16) === false;
  return new Set(depth === 8 ? [] : steps.filter(isIn8).map(({ id }) => id));
}
