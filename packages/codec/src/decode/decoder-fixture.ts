import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@tessera/runtime';
import { wholeOf, type Raster, type Samples } from '@tessera/imaging';
import { readWindow } from '../window/read-window.ts';
import type { DecodedRaster } from './decoded-raster.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import { Decoder, type DecoderOptions } from './decoder.ts';

/** A running decoder with a folder of its own. */
export interface Bench {
  readonly decoder: Decoder;
  readonly folder: string;
  /** Writes a file and gives its path. */
  readonly save: (bytes: Uint8Array, name?: string) => Promise<string>;
  /** Decodes bytes to a raster in memory. */
  readonly decode: (bytes: Uint8Array) => Promise<Raster>;
  readonly close: () => Promise<void>;
}

export async function openBench(changes: Partial<DecoderOptions> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-decoder-'));
  const decoder = new Decoder({
    children: 1,
    deadlineMilliseconds: 20_000,
    memoryBytes: 768 * 1024 * 1024,
    scratch: folder,
    limits: DEFAULT_DECODE_LIMITS,
    logger: silentLogger(),
    ...changes,
  });
  await decoder.start();
  let files = 0;
  const save = async (bytes: Uint8Array, name = `input-${(files += 1)}`): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  return {
    decoder,
    folder,
    save,
    decode: async (bytes) => pixelsOf(await decoder.decode(await save(bytes), join(folder, `decoded-${files}`))),
    close: async () => {
      await decoder.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** All pixels of a decoded file. */
export function pixelsOf<S extends Samples = Uint8Array>(decoded: DecodedRaster): Raster<S> {
  return readWindow(decoded, wholeOf(decoded)).raster as Raster<S>;
}
