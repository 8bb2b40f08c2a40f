import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskMessage } from '@tessera/contracts';
import type { Logger } from '@tessera/runtime';
import { PUBLIC_ACCESS, rasterLimits, type UrlAccess } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import { aroundCalls, noTracing, type Tracing } from '@tessera/telemetry';
import type { ExecutorWorkConfig } from './config.ts';
import { KernelPool, type RunKernel } from './kernel/kernel-pool.ts';
import { SourceSets } from './rasters/source-sets.ts';
import { TiledCopies } from './rasters/tiled-copies.ts';
import type { ImageDecoder } from './scratch/decoded-file.ts';
import { DecodedImages } from './scratch/decoded-images.ts';
import type { StageTools, TileDecoder } from './stages/stage-context.ts';
import { runTask } from './task-runner.ts';
import type { TaskWork, TaskYield } from './task-work.ts';

export interface WorkshopDeps {
  readonly objects: ObjectStore;
  readonly logger: Logger;
  readonly tracing?: Tracing | undefined;
  readonly config: ExecutorWorkConfig;
  /** Started and closed by the caller; it may read and write below the scratch folder. */
  readonly decoder: ImageDecoder & TileDecoder;
  /** How addresses given by visitors are reached. Default: the public internet. */
  readonly urls?: UrlAccess | undefined;
}

/** Runs tasks in this process: decoded images on disk, kernels on threads. */
export class Workshop implements TaskWork {
  readonly #images: DecodedImages;
  readonly #pool: KernelPool;
  readonly #copies: TiledCopies;
  readonly #tools: StageTools;

  constructor({ objects, logger, config, decoder, urls = PUBLIC_ACCESS, tracing = noTracing }: WorkshopDeps) {
    const folder = scratchFolder(config);
    const quotaBytes = config.EXECUTOR_SCRATCH_QUOTA;
    this.#images = new DecodedImages({ objects, decoder, folder: join(folder, 'images'), quotaBytes, logger });
    this.#pool = new KernelPool({ threads: config.EXECUTOR_SLOTS });
    const images = tracing.on
      ? aroundCalls(this.#images, ['acquire'], (_call, run) => tracing.span('acquire pixels', {}, run))
      : this.#images;
    const kernel: RunKernel = (name, argument, signal) =>
      tracing.span(`kernel ${name}`, {}, () => this.#pool.run(name, argument, signal));
    const limits = rasterLimits(urls, config);
    this.#copies = new TiledCopies({ objects, decoder, kernel, logger });
    const sets = new SourceSets(objects);
    this.#tools = { objects, images, decoder, kernel, sets, copies: this.#copies, urls: limits, scratch: folder };
  }

  get bytes(): number {
    return this.#images.bytes;
  }

  /** Empties the scratch folder. */
  async start(): Promise<void> {
    await mkdir(this.#tools.scratch, { recursive: true, mode: 0o700 });
    await this.#images.start();
  }

  run(message: TaskMessage, signal: AbortSignal): Promise<TaskYield> {
    return runTask(this.#tools, message, signal);
  }

  async close(): Promise<void> {
    this.#copies.close();
    await this.#pool.close();
    await this.#images.close();
    await rm(this.#tools.scratch, { recursive: true, force: true });
  }
}

/** Folder of this executor's files, its own even where several share a machine. */
export function scratchFolder(config: Pick<ExecutorWorkConfig, 'EXECUTOR_SCRATCH' | 'EXECUTOR_ID'>): string {
  return join(config.EXECUTOR_SCRATCH, config.EXECUTOR_ID);
}
