import { sharp } from '../sharp.ts';
import { codecError } from './codec-error.ts';
import { decodeRows, findCuts } from '../rows/decode-rows.ts';
import { makePyramid } from '../pyramid/make-pyramid.ts';
import { makeThumbnail, type Thumbnail } from '../pyramid/make-thumbnail.ts';
import type { Pyramid } from '../pyramid/pyramid.ts';
import { decodeImage } from './decode-image.ts';
import type { DecodedRaster } from './decoded-raster.ts';
import { inspect, type Inspection } from './inspect.ts';
import { renderText } from '../text/render-text.ts';
import { decodeTile } from '../tile/decode-tile.ts';
import type { ChildMessage, ChildRequest } from './message.ts';

// The allow-list of loaders; VIPS_BLOCK_UNTRUSTED in the environment is the second lock on the same door.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadTiffFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
    // Tiles of rasters come as bytes.
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadWebpBuffer',
  ],
});

const say = (message: ChildMessage): void => {
  process.send?.(message);
};

async function answer(request: ChildRequest): Promise<ChildMessage> {
  try {
    if (request.kind === 'load') return { kind: 'done', value: await loads(request.path) };
    if (request.kind === 'tile') {
      const { width, height, channels } = request.tile;
      say({ kind: 'header', pixels: width * height * channels });
      return { kind: 'done', value: await decodeTile(request.tile) };
    }
    if (request.kind === 'text') return { kind: 'done', value: await renderText(request.mark) };
    if (request.kind === 'blocks') return { kind: 'done', value: await findCuts(request.path, request.limits) };
    if (request.kind === 'rows') {
      const onPixels = (pixels: number): void => say({ kind: 'header', pixels });
      return { kind: 'done', value: await decodeRows(request.request, request.limits, onPixels) };
    }
    const inspection = await inspect(request.path, request.limits);
    if (request.kind === 'probe') return { kind: 'done', value: inspection.probe };
    say({ kind: 'header', pixels: inspection.probe.width * inspection.probe.height });
    return { kind: 'done', value: await work(request, inspection) };
  } catch (error) {
    const { code, message, retryable, details } = codecError(error);
    return { kind: 'failed', code, message, retryable, details };
  }
}

/** Does what needs the pixels of an inspected image. */
function work(
  request: Extract<ChildRequest, { kind: 'decode' | 'pyramid' | 'thumbnail' }>,
  inspection: Inspection,
): Promise<DecodedRaster | Pyramid | Thumbnail> {
  const { path, target, limits } = request;
  switch (request.kind) {
    case 'decode':
      return decodeImage(path, target, inspection, limits, request.depth);
    case 'pyramid':
      return makePyramid(path, target, inspection, limits, (share) => say({ kind: 'share', share }));
    case 'thumbnail':
      return makeThumbnail(path, target, request.side, inspection, limits);
  }
}

async function loads(path: string): Promise<boolean> {
  try {
    await sharp(path).metadata();
    return true;
  } catch {
    return false;
  }
}

process.on('message', (request: ChildRequest) => {
  void answer(request).then(say);
});
// Without its parent the child has nobody to answer to, and threads at work would hold up an orderly exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
say({ kind: 'ready' });
