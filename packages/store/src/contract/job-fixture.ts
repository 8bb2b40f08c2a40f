import { randomUUID } from 'node:crypto';
import type { Plan, ResultFacts, Stage, TaskEvent, TaskMessage } from '@tessera/contracts';
import type { Database } from '../database.ts';
import type { AttemptPolicy, ClaimLimits, ImageRow, JobRow, JobStore, NewJob } from '../job-store.ts';

/** A store and the database under it, to look at and to age. */
export interface StorePlace {
  readonly store: JobStore;
  readonly database: Database;
  close(): Promise<void>;
}

export const POLICY: AttemptPolicy = { maxAttempts: 3, backoffMilliseconds: () => 0 };
export const LIMITS: ClaimLimits = { limit: 100, perJob: 100, inFlight: 1000, maxAttempts: 3 };

export const RESULT: ResultFacts = {
  key: 'results/one.png',
  bytes: 3_000_000_000,
  contentType: 'image/png',
  width: 100,
  height: 250,
  channels: 3,
  pixelDigest: 'd'.repeat(64),
  verified: false,
};

/** An image of 100 × 250 pixels. */
export function imageRow(visitor = 'ann'): ImageRow {
  return {
    id: randomUUID(),
    visitor,
    name: 'Straße – 写真 \u{1F5BC}.png',
    key: `uploads/${randomUUID()}`,
    format: 'png',
    width: 100,
    height: 250,
    channels: 3,
    bytes: 5_000_000_000,
    sha256: '0a'.repeat(32),
    progressive: false,
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
  };
}

/** A plan of bands 100 pixels high: a render stage of `tasks` tasks, then the stages that assemble and verify. */
export function planOf(tasks = 3, ...kinds: readonly ('assemble' | 'verify')[]): Plan {
  const later = (kind: 'assemble' | 'verify', n: number): Stage =>
    kind === 'assemble' ? { kind, tasks: 1, renderStage: 0 } : { kind, tasks: 1, assembleStage: n };
  return {
    kernel: 'test',
    picture: { width: 100, height: 250, channels: 3 },
    pipeline: [{ op: 'invert', params: {} }],
    grid: { width: 100, height: 100 },
    output: {
      format: 'png',
      quality: 85,
      subsampling: '4:2:0',
      metadata: 'strip',
      width: 100,
      height: 250,
      channels: 3,
      tile: 512,
    },
    stages: [
      { kind: 'render', tasks, pass: { source: { kind: 'image' }, before: [], after: [] } },
      ...kinds.map((kind, n) => later(kind, n)),
    ],
    reason: 'for a test',
  };
}

/** A plan of an operation that looks at the picture in so many rounds, at two regions each, and then assembles. */
export function planOfRounds(rounds: number): Plan {
  const plan = planOf(2);
  const step = { op: 'k-means', params: { k: 2, iterations: 2 } } as const;
  const lastMerge = 2 * rounds - 1;
  const pass = { source: { kind: 'image' as const }, before: [], after: [] };
  const looks = Array.from({ length: rounds }, (_, round): readonly Stage[] => {
    const before = round === 0 ? {} : { mergeBefore: 2 * round - 1 };
    return [
      { kind: 'observe', tasks: 2, pass, step, ...before },
      { kind: 'merge', tasks: 1, observeStage: 2 * round, step, lastMerge, ...before },
    ];
  });
  const render: Stage = { kind: 'render', tasks: 2, pass };
  return { ...plan, stages: [...looks.flat(), render, { kind: 'assemble', tasks: 1, renderStage: 2 * rounds }] };
}

/** Inserts a job and, if need be, its image. */
export async function submit(store: JobStore, options: Partial<NewJob> = {}): Promise<JobRow> {
  const image = options.image ?? imageRow(options.visitor);
  if ((await store.getImage(image.id)) === undefined) await store.insertImage(image);
  const [job] = await store.insertJobs([newJob({ ...options, image })]);
  if (job === undefined) throw new Error('No job was inserted.');
  return job;
}

export function newJob(options: Partial<NewJob> & Pick<NewJob, 'image'>): NewJob {
  return {
    id: randomUUID(),
    visitor: options.image.visitor,
    batch: null,
    plan: planOf(3, 'assemble'),
    reuseKey: randomUUID(),
    reuse: true,
    verify: false,
    strategy: 'balanced',
    ...options,
  };
}

type Told<Type> = Omit<Extract<TaskEvent, { type: Type }>, 'v' | 'task' | 'job' | 'stage' | 'index'>;

/** What an executor tells of a task; by default of the first attempt that its message allows. */
export function tell<Type extends TaskEvent['type']>(
  message: TaskMessage,
  event: { readonly type: Type } & Partial<Told<Type>>,
): TaskEvent {
  const { task, job, stage, index, attempts } = message;
  const identity = { v: 1 as const, task, job, stage, index, executor: 'executor-1', attempt: attempts + 1 };
  const defaults = {
    started: {},
    done: { milliseconds: 12.5, ...(stage === message.plan.stages.length - 1 ? { result: RESULT } : {}) },
    failed: { code: 'DECODER_CRASHED' as const, message: 'It crashed.', retryable: true },
    returned: { code: 'STORE_UNAVAILABLE' as const, delayMilliseconds: 0 },
  };
  // The union of four shapes can't be followed through a generic lookup.
  return { ...identity, ...defaults[event.type], ...event } as TaskEvent;
}

/** Claims, publishes, and gives the messages. */
export async function publish(store: JobStore, limits: Partial<ClaimLimits> = {}): Promise<readonly TaskMessage[]> {
  const messages = await store.claimTasks({ ...LIMITS, ...limits });
  await store.markPublished(messages.map(({ task }) => task));
  return messages;
}

/** Runs whatever is ready, stage after stage, until nothing is. */
export async function runAll(store: JobStore): Promise<void> {
  for (let round = 0; round < 200; round++) {
    const messages = await publish(store);
    if (messages.length === 0) return;
    for (const message of messages) {
      await store.applyEvent(tell(message, { type: 'started' }), POLICY);
      await store.applyEvent(tell(message, { type: 'done' }), POLICY);
    }
  }
  throw new Error('The work never ends.');
}

/** Moves all times into the past, as if so many seconds had gone by. */
export async function age(database: Database, seconds: number): Promise<void> {
  const by = `interval '${String(seconds)} seconds'`;
  await database.transaction((transaction) =>
    transaction.script(`
      update tasks set ready_at = ready_at - ${by}, state_at = state_at - ${by}, seen_at = seen_at - ${by},
        returned_at = returned_at - ${by};
      update attempts set began_at = began_at - ${by}, ended_at = ended_at - ${by};
      update changes set at = at - ${by};
      update jobs set finished_at = finished_at - ${by}, created_at = created_at - ${by};
      update images set created_at = created_at - ${by}, used_at = used_at - ${by};
      update removals set due_at = due_at - ${by};
      update deliveries set due_at = due_at - ${by};
    `),
  );
}

/** Empties all tables and starts their sequences anew. */
export async function empty(database: Database): Promise<void> {
  await database.query(
    'truncate images, jobs, job_images, tasks, attempts, turns, changes, removals, pipelines, discards, redrives, redrive_jobs, uploads, webhooks, deliveries, catalogue_products, catalogue_entries, catalogue_peers restart identity',
  );
}

/** Answers of `applyEvent` to events that count, and that do not. */
export const APPLIED = { applied: true, ended: null };
export const IGNORED = { applied: false, ended: null };

/** Submits a job and gives the messages of its first stage by index. */
export async function begin(store: JobStore, ...plan: Parameters<typeof planOf>): Promise<readonly TaskMessage[]> {
  await submit(store, { plan: planOf(...plan) });
  return publish(store);
}

export async function taskOf(store: JobStore, { job, task }: TaskMessage) {
  return (await store.getTasks(job)).find(({ id }) => id === task);
}
