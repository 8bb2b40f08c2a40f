import type { OutputFormat, OutputRequest, Split, StepInput, Strategy, TileLayout } from '@tessera/contracts';
import { FORMATS, LAYOUTS, oneOf } from './choices.ts';
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

/** A draft in the search of an address; what has its usual value is left out. */
export interface DraftSearch {
  /** Steps, as `writeSteps` writes them. */
  readonly p?: string | undefined;
  readonly f?: OutputFormat | undefined;
  readonly q?: number | undefined;
  /** Chroma 4:4:4. */
  readonly c?: 444 | undefined;
  /** Metadata are kept. */
  readonly m?: 'keep' | undefined;
  /** Worked in 8 bits a channel. */
  readonly b?: 8 | undefined;
  /** A pyramid of tiles, or longest sides of several files. */
  readonly t?: TileLayout | readonly number[] | undefined;
  readonly s?: Exclude<Split, 'auto'> | undefined;
  readonly d?: Exclude<Strategy, 'balanced'> | undefined;
  readonly v?: true | undefined;
}

export interface WorkSearch extends DraftSearch {
  /** The image that is looked at. */
  readonly image?: string | undefined;
}

const textOf = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.length <= longest ? value : undefined;

const isSide = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 16 && Number(value) <= 4096;

const sidesOf = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.length <= 12 && value.every(isSide) ? value : undefined;

const isQuality = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100;

function withoutGaps<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Reads the search of the Work page. Anything wrong in an address is as if it were not there. */
export function readWorkSearch(search: Readonly<Record<string, unknown>>): WorkSearch {
  return withoutGaps({
    p: textOf(search.p, MOST_TEXT),
    f: oneOf(FORMATS, search.f),
    q: isQuality(search.q) ? search.q : undefined,
    c: oneOf([444], search.c),
    m: oneOf(['keep'], search.m),
    b: oneOf([8], search.b),
    t: oneOf(LAYOUTS, search.t) ?? sidesOf(search.t),
    s: oneOf(['always', 'never'], search.s),
    d: oneOf(['random'], search.d),
    v: oneOf([true], search.v),
    image: textOf(search.image, 64),
  });
}

/** Writes a draft for an address. */
export function searchOfDraft({ steps, ...output }: Pick<Draft, 'steps'> & DraftOutput): DraftSearch {
  const { format, quality, subsampling, metadata, depth, result, sides, split, strategy, verify } = output;
  return withoutGaps({
    p: steps.length > 0 ? writeSteps(steps) : undefined,
    f: format === EMPTY_DRAFT.format ? undefined : format,
    q: hasQuality(format) && quality !== defaultQuality(format) ? quality : undefined,
    c: format === 'jpeg' && subsampling === '4:4:4' ? 444 : undefined,
    m: metadata === 'keep' ? metadata : undefined,
    b: depth === 8 ? depth : undefined,
    t: result === 'file' ? undefined : result === 'sizes' ? sides : result,
    s: split === 'auto' ? undefined : split,
    d: strategy === 'balanced' ? undefined : strategy,
    v: verify || undefined,
  });
}

/** The draft that an address describes. */
export function draftOfSearch({ p, f, q, c, m, b, t, s, d, v }: DraftSearch): Draft {
  const format = f ?? EMPTY_DRAFT.format;
  const output: DraftOutput = {
    format,
    quality: q ?? defaultQuality(format),
    subsampling: c ? '4:4:4' : '4:2:0',
    metadata: m ?? 'strip',
    depth: b ?? 'keep',
    result: t === undefined ? 'file' : typeof t === 'string' ? t : 'sizes',
    sides: typeof t === 'object' ? t : EMPTY_DRAFT.sides,
    split: s ?? 'auto',
    strategy: d ?? 'balanced',
    verify: v ?? false,
    webhook: '',
    webhookSecret: '',
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
export function draftKey({ p, f, q, c, m, b, t, s, d, v }: DraftSearch): string {
  return JSON.stringify([p, f, q, c, m, b, t, s, d, v].map((part) => part ?? null));
}

export const EMPTY_KEY = draftKey({});
