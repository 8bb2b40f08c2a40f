import { exactViewOf, viewOf } from '@tessera/codec';
import { contains, crop, NO_OTHERS, overviewStates, regionOf, runPreview, type OtherSources } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import type { PreviewAnswer, PreviewCall, PreviewOther } from './preview-call.ts';

/** Reads the other images out of what was read for this preview. */
function sourcesOf(others: readonly PreviewOther[]): OtherSources {
  return (name) => {
    const other = others.find((candidate) => candidate.name === name);
    if (other === undefined) return NO_OTHERS(name);
    return {
      size: other.size,
      read: (region) => {
        const window = other.windows.find((held) => contains(regionOf(held), region));
        if (window === undefined) throw new AppError('INTERNAL', { details: { reason: 'a window is missing', name } });
        return { x: region.x, y: region.y, raster: crop(window, region) };
      },
    };
  };
}

/** Runs a pipeline on a window and encodes what comes out for the screen. */
export async function preview(call: PreviewCall): Promise<PreviewAnswer> {
  try {
    const { pipeline, region, picture, needed, raster, others, exact, overview } = call;
    const states = overview && overviewStates(overview.steps, overview.raster, sourcesOf(overview.others));
    const read = () => ({ x: needed.x, y: needed.y, raster });
    const made = runPreview(pipeline, region, picture, read, states, sourcesOf(others));
    return { ok: true, view: await (exact ? exactViewOf(made) : viewOf(made)) };
  } catch (caught) {
    const { code, message } = AppError.from(caught);
    return { ok: false, code, message };
  }
}
