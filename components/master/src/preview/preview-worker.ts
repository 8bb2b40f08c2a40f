import { exactViewOf, viewOf } from '@tessera/codec';
import { overviewStates, runPreview } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import type { PreviewAnswer, PreviewCall } from './preview-call.ts';

/** Runs a pipeline on a window and encodes what comes out for the screen. */
export async function preview(call: PreviewCall): Promise<PreviewAnswer> {
  try {
    const { pipeline, region, picture, needed, raster, exact, overview } = call;
    const states = overview && overviewStates(overview.steps, overview.raster);
    const made = runPreview(pipeline, region, picture, () => ({ x: needed.x, y: needed.y, raster }), states);
    return { ok: true, view: await (exact ? exactViewOf(made) : viewOf(made)) };
  } catch (caught) {
    const { code, message } = AppError.from(caught);
    return { ok: false, code, message };
  }
}
