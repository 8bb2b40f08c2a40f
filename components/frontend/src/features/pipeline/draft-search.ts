import {
  outputFormatSchema,
  splitSchema,
  strategySchema,
  type OutputRequest,
  type StepInput,
} from '@tessera/contracts';
import * as z from 'zod';
import {
  changeDraft,
  defaultQuality,
  draftOutputOf,
  draftStepsOf,
  EMPTY_DRAFT,
  hasQuality,
  type Draft,
  type DraftOutput,
} from './draft.ts';
import { readSteps, writeSteps } from './step-text.ts';

/** Longest text of steps that is read from an address. */
const MOST_TEXT = 8000;

/** Anything wrong in an address is as if it were not there. */
const given = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const draftSearchSchema = z.object({
  /** Steps, as `writeSteps` writes them. */
  p: given(z.string().max(MOST_TEXT)),
  f: given(outputFormatSchema),
  q: given(z.int().min(1).max(100)),
  /** Chroma 4:4:4. */
  c: given(z.literal(444)),
  /** Metadata are kept. */
  m: given(z.literal('keep')),
  s: given(splitSchema.exclude(['auto'])),
  d: given(strategySchema.exclude(['balanced'])),
  v: given(z.literal(true)),
});

/** A draft in the search of an address; what has its usual value is left out. */
export type DraftSearch = Partial<z.output<typeof draftSearchSchema>>;

const workSearchSchema = draftSearchSchema.extend({
  /** The image that is looked at. */
  image: given(z.string().max(64)),
});
export type WorkSearch = Partial<z.output<typeof workSearchSchema>>;

function withoutGaps<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Reads the search of the Work page. */
export function readWorkSearch(search: Record<string, unknown>): WorkSearch {
  return withoutGaps(workSearchSchema.parse(search));
}

/** Writes a draft for an address. */
export function searchOfDraft({ steps, ...output }: Pick<Draft, 'steps'> & DraftOutput): DraftSearch {
  const { format, quality, subsampling, metadata, split, strategy, verify } = output;
  return withoutGaps({
    p: steps.length > 0 ? writeSteps(steps) : undefined,
    f: format === EMPTY_DRAFT.format ? undefined : format,
    q: hasQuality(format) && quality !== defaultQuality(format) ? quality : undefined,
    c: format === 'jpeg' && subsampling === '4:4:4' ? 444 : undefined,
    m: metadata === 'keep' ? metadata : undefined,
    s: split === 'auto' ? undefined : split,
    d: strategy === 'balanced' ? undefined : strategy,
    v: verify || undefined,
  });
}

/** The draft that an address describes. */
export function draftOfSearch({ p, f, q, c, m, s, d, v }: DraftSearch): Draft {
  const format = f ?? EMPTY_DRAFT.format;
  const output: DraftOutput = {
    format,
    quality: q ?? defaultQuality(format),
    subsampling: c ? '4:4:4' : '4:2:0',
    metadata: m ?? 'strip',
    split: s ?? 'auto',
    strategy: d ?? 'balanced',
    verify: v ?? false,
  };
  return changeDraft(EMPTY_DRAFT, { type: 'load', steps: p === undefined ? [] : readSteps(p), output });
}

/** The search of the Work page on which a job's or a kept pipeline's steps and output are filled in. */
export function searchOfPipeline(pipeline: readonly StepInput[], output: OutputRequest): DraftSearch {
  return searchOfDraft({
    ...EMPTY_DRAFT,
    ...draftOutputOf(output),
    steps: draftStepsOf(pipeline).map((step) => ({ ...step, id: 0 })),
  });
}

/** The draft's part of a search as one text, to compare by. */
export function draftKey({ p, f, q, c, m, s, d, v }: DraftSearch): string {
  return JSON.stringify([p, f, q, c, m, s, d, v].map((part) => part ?? null));
}

export const EMPTY_KEY = draftKey({});
