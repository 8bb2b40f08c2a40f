import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AppError } from '@tessera/runtime/app-error';
import type { TilePicture } from './decode-tile.ts';

/** What is used of OpenJPEG compiled to WebAssembly (@cornerstonejs/codec-openjpeg, which has no types). */
interface OpenJpeg {
  readonly J2KDecoder: new () => J2kDecoder;
}

interface J2kDecoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
}

type LoadOpenJpeg = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}) => Promise<OpenJpeg>;

let loaded: Promise<OpenJpeg> | undefined;
/** What the module said of the tile at hand. */
const complaints: string[] = [];

/**
 * Decodes a JPEG 2000 code stream to interleaved samples. Only called in a child that may be killed.
 *
 * @throws AppError CORRUPT_IMAGE for damaged data, or another size than promised.
 */
export async function decodeCodeStream(tile: TilePicture): Promise<Uint8Array> {
  loaded ??= load();
  const { J2KDecoder } = await loaded;
  const decoder = new J2KDecoder();
  complaints.length = 0;
  try {
    decoder.getEncodedBuffer(tile.bytes.length).set(tile.bytes);
    decoder.decode();
    const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo();
    const samples = decoder.getDecodedBuffer();
    const isAsked = width === tile.width && height === tile.height && componentCount === tile.channels;
    const bytes = width * height * componentCount * tile.sampleBytes;
    if (complaints.length > 0 || !isAsked || bitsPerSample > tile.sampleBytes * 8 || samples.length !== bytes)
      throw corrupt(complaints[0] ?? 'a tile of another size or type');
    // A copy, for the memory of WebAssembly is used again.
    return samples.slice();
  } catch (error) {
    // After an exception within it, the module may be in any state.
    loaded = undefined;
    throw AppError.is(error) ? error : corrupt(complaints[0] ?? 'OpenJPEG gave up');
  } finally {
    decoder.delete();
  }
}

function corrupt(reason: string): AppError {
  return new AppError('CORRUPT_IMAGE', { details: { reason } });
}

async function load(): Promise<OpenJpeg> {
  const require = createRequire(import.meta.url);
  const create = require('@cornerstonejs/codec-openjpeg/decodewasmjs') as LoadOpenJpeg;
  const wasmBinary = await readFile(require.resolve('@cornerstonejs/codec-openjpeg/decodewasm'));
  // OpenJPEG tells of damage by lines; what it could decode of a damaged tile would pass for the tile.
  const hear = (line: string): void => {
    if (/^\[(ERROR|WARNING)\]/.test(line)) complaints.push(line.slice(0, 200));
  };
  return create({ wasmBinary, print: hear, printErr: hear });
}
