import { open } from 'node:fs/promises';
import { once, patch, sequence } from './inputs.ts';

/** Side of the window in pixels. */
export const WINDOW = 1024;
/** Bytes of one scene: three planes of 8-bit samples. */
export const SCENE_BYTES = 3 * WINDOW * WINDOW;

/**
 * A place seen many times: scenes of three planes of 8-bit samples, one after another in one file, the same for the same
 * seed; gives its path. Light changes from scene to scene, there is grain, a third of a scene is under clouds (255) on
 * average, and some scenes end within the window (0).
 */
export function sceneSeries(scenes: number, seed = 3): Promise<string> {
  return once(`series-${String(scenes)}-${String(seed)}.raw`, async (path) => {
    const random = sequence(seed);
    const ground = await patch(WINDOW, WINDOW, random);
    const file = await open(path, 'w');
    try {
      for (let scene = 0; scene < scenes; scene++) await file.write(drawScene(ground, random));
    } finally {
      await file.close();
    }
  });
}

/** Draws one scene over the ground, whose pixels are interleaved. */
function drawScene(ground: Uint8Array, random: () => number): Uint8Array {
  const [light, haze, cloudiness] = [0.7 + 0.4 * random(), 20 * random(), 2 * random() - 1];
  const [waveX, waveY, phase] = [0.004 + 0.01 * random(), 0.004 + 0.01 * random(), 6 * random()];
  const end = random() < 0.15 ? WINDOW * random() : WINDOW;
  const planes = new Uint8Array(SCENE_BYTES);
  let grain = Math.floor(random() * 2 ** 31) | 1;
  for (let at = 0; at < WINDOW * WINDOW; at++) {
    const [x, y] = [at % WINDOW, Math.floor(at / WINDOW)];
    if (x >= end) continue;
    const clouded = Math.sin(x * waveX + phase) + Math.cos(y * waveY + phase) < cloudiness;
    for (let band = 0; band < 3; band++) {
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) | 0;
      const value = ground[3 * at + band]! * light + haze + (grain >> 28);
      planes[band * WINDOW * WINDOW + at] = clouded ? 255 : Math.max(1, Math.min(254, value));
    }
  }
  return planes;
}
