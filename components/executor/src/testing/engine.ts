import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import {
  MESSAGE_VERSION,
  stageAfter,
  type ImageRef,
  type InputFormat,
  type Plan,
  type ResultFacts,
  type TaskMessage,
} from '@tessera/contracts';
import { silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createFolderStore } from '@tessera/storage/folder';
import { KernelPool } from '../kernel/kernel-pool.ts';
import { SourceSets } from '../rasters/source-sets.ts';
import { DecodedImages } from '../scratch/decoded-images.ts';
import type { StageTools } from '../stages/stage-context.ts';
import { runTask } from '../task-runner.ts';

/** Puts the tasks of one stage in the order in which they are run; an index may occur more than once. */
export type TaskOrder = (indexes: readonly number[]) => readonly number[];

/** Real parts of an executor, driven by hand instead of by a queue. */
export class Engine {
  readonly objects: ObjectStore;
  readonly #folder: string;
  readonly #decoder: Decoder;
  readonly #images: DecodedImages;
  readonly #pool: KernelPool;

  private constructor(folder: string, objects: ObjectStore) {
    const logger = silentLogger();
    const scratch = join(folder, 'scratch');
    this.#folder = folder;
    this.objects = objects;
    this.#decoder = new Decoder({
      children: 1,
      deadlineMilliseconds: 20_000,
      memoryBytes: 768 * 1024 * 1024,
      scratch,
      limits: DEFAULT_DECODE_LIMITS,
      logger,
    });
    const images = {
      objects: this.objects,
      decoder: this.#decoder,
      folder: join(scratch, 'images'),
      quotaBytes: 2 ** 32,
      logger,
    };
    this.#images = new DecodedImages(images);
    this.#pool = new KernelPool({ threads: 2 });
  }

  /** @param objects default: a folder of its own. */
  static async start(objects?: ObjectStore): Promise<Engine> {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-engine-'));
    const engine = new Engine(folder, objects ?? createFolderStore({ root: join(folder, 'objects') }));
    await engine.#images.start();
    await engine.#decoder.start();
    return engine;
  }

  /** Stores a source image. */
  async store(bytes: Uint8Array, format: InputFormat): Promise<ImageRef> {
    const id = randomUUID();
    const key = `uploads/${id}`;
    await this.objects.put(key, bytes);
    return { id, key, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), format };
  }

  /** Runs all stages of a plan, each stage's tasks in the order given, `slots` at one time. */
  async run(image: ImageRef, plan: Plan, order: TaskOrder = (indexes) => indexes, slots = 1): Promise<ResultFacts> {
    const job = randomUUID();
    const { signal } = new AbortController();
    const tools = this.#tools();
    let result: ResultFacts | undefined;
    for (let stage = 0, settled = false; stage < plan.stages.length; stage = stageAfter(plan.stages, stage, settled)) {
      const tasks = plan.stages[stage]?.tasks ?? 0;
      const queue = [...order(Array.from({ length: tasks }, (_, task) => task))];
      const slot = async (): Promise<void> => {
        for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
          const message: TaskMessage = {
            ...{ v: MESSAGE_VERSION, task: randomUUID(), job, stage, index, image, plan },
            ...{ attempts: 0, maxAttempts: 3 },
          };
          ({ result, settled = false } = await runTask(tools, message, signal));
        }
      };
      await Promise.all(Array.from({ length: slots }, slot));
    }
    if (result === undefined) throw new Error('The plan ended without a result.');
    return result;
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#images.close();
    await this.#decoder.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #tools(): StageTools {
    return {
      objects: this.objects,
      images: this.#images,
      decoder: this.#decoder,
      kernel: this.#pool.run,
      sets: new SourceSets(this.objects),
      copies: { best: (source) => Promise.resolve(source) },
      urls: undefined,
      scratch: join(this.#folder, 'scratch'),
    };
  }
}
