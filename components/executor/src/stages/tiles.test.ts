import { buffer, text } from 'node:stream/consumers';
import { pipelineSchema, type OutputRequest } from '@tessera/contracts';
import { DEFAULT_PLAN_LIMITS, planJob, type PlanOptions } from '@tessera/imaging';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../testing/engine.ts';
import { entriesOf } from '../testing/read-zip.ts';

let engine: Engine;
beforeAll(async () => (engine = await Engine.start()));
afterAll(() => engine.close());

const [WIDTH, HEIGHT] = [1031, 717];
/** Regions of two rows of tiles of 128 pixels, so that levels are cut, too. */
const LIMITS = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: WIDTH * 128, most: WIDTH * 128 } };
const OPTIONS: PlanOptions = { split: 'always', verify: true, input: 'png', slots: 2 };

/** Stripes and noise of all levels. */
function pixels(channels: 1 | 3 | 4): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * channels);
  let state = 5;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[index] = ((index >> 5) & 1 ? 90 : 0) + ((state >>> 24) & 127);
  }
  return data;
}

const picture = (channels: 1 | 3 | 4) =>
  sharp(pixels(channels), { raw: { width: WIDTH, height: HEIGHT, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();

async function run(bytes: Uint8Array, channels: number, output: OutputRequest, ops: object[], options = OPTIONS) {
  const facts = { width: WIDTH, height: HEIGHT, channels };
  const plan = planJob(facts, pipelineSchema.parse(ops), output, options, LIMITS);
  const result = await engine.run(await engine.store(bytes, 'png'), plan);
  const files = new Map<string, Buffer>();
  for await (const { key } of engine.objects.list(result.key)) {
    files.set(key.slice(result.key.length), await buffer(await engine.objects.get(key)));
  }
  return { plan, result, files };
}

const raw = (file: Buffer | Uint8Array) => sharp(file).raw().toBuffer();

/** libvips' own pyramid of the same picture. */
async function oracle(
  bytes: Uint8Array,
  channels: number,
  size: number,
  overlap: number,
): Promise<Map<string, Buffer>> {
  const zip = await sharp(bytes)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 1 })
    .tile({ size, overlap, container: 'zip', layout: 'dz', basename: 'image', id: 'x' })
    .toBuffer();
  return entriesOf(zip);
}

describe('a pyramid of tiles', () => {
  it.each<[1 | 3 | 4, 0 | 1, number]>([
    [3, 0, 0],
    [1, 1, 0],
    // It cuts off what we round, at each of the levels.
    [4, 1, 5],
  ])(
    'of %i channels with an overlap of %i is that of libvips, within %i levels, split as unsplit',
    async (channels, overlap, tolerance) => {
      const bytes = await picture(channels);
      const output: OutputRequest = { format: 'png', tiles: { layout: 'dzi', size: 128, overlap } };
      const { plan, result, files } = await run(bytes, channels, output, []);
      expect(plan.stages.map(({ kind, tasks }) => [kind, tasks])).toEqual([
        ['tile', 6],
        ['tile', 3],
        ['tile', 1],
        ['assemble', 1],
        ['verify', 1],
      ]);
      expect(result.verified).toBe(true);
      expect(result.files).toMatchObject({ count: files.size, main: 'image.dzi' });
      expect(result.bytes).toBe([...files.values()].reduce((sum, { length }) => sum + length, 0));
      const wanted = await oracle(bytes, channels, 128, overlap);
      const tiles = [...wanted].filter(([name]) => name.endsWith('.png'));
      expect(tiles.map(([name]) => name).sort()).toEqual(
        [...files.keys()].filter((name) => name.endsWith('.png')).sort(),
      );
      let most = 0;
      for (const [name, tile] of tiles) {
        const [ours, theirs] = [await raw(files.get(name)!), await raw(tile)];
        expect(ours.length).toBe(theirs.length);
        for (let n = 0; n < ours.length; n++) most = Math.max(most, Math.abs(ours[n]! - theirs[n]!));
      }
      expect(most).toBeLessThanOrEqual(tolerance);
      expect(files.get('image.dzi')?.toString()).toContain(`Overlap="${overlap}" TileSize="128"`);
    },
  );

  it('behind an operation that looks at the whole, with and without overlap, is the same split and unsplit', async () => {
    const bytes = await picture(3);
    for (const overlap of [0, 2]) {
      const output: OutputRequest = { format: 'webp', tiles: { layout: 'dzi', size: 256, overlap } };
      const split = await run(bytes, 3, output, [{ op: 'canny' }, { op: 'invert' }]);
      const whole = await run(bytes, 3, output, [{ op: 'canny' }, { op: 'invert' }], {
        ...OPTIONS,
        split: 'never',
        verify: false,
      });
      expect(whole.plan.stages).toHaveLength(1);
      expect(split.result).toMatchObject({ verified: true, files: whole.result.files });
      expect(split.result.pixelDigest).toBe(whole.result.pixelDigest);
    }
  });

  it('of IIIF names regions of the picture, and tells of them', async () => {
    const { result, files } = await run(
      await picture(3),
      3,
      { format: 'jpeg', tiles: { layout: 'iiif', size: 256 } },
      [],
    );
    expect(JSON.parse(files.get('info.json')!.toString())).toMatchObject({
      ...{ profile: 'level0', width: WIDTH, height: HEIGHT, sizes: [{ width: 129, height: 90 }] },
      tiles: [{ width: 256, height: 256, scaleFactors: [1, 2, 4, 8] }],
    });
    expect(files.size).toBe(1 + 5 * 3 + 3 * 2 + 2 * 1 + 1);
    const corner = await sharp(files.get('512,512,512,205/256,103/0/default.jpg')).metadata();
    expect([corner.width, corner.height, corner.format]).toEqual([256, 103, 'jpeg']);
    expect(files.has('full/129,90/0/default.jpg')).toBe(true);
    const info = await text(await engine.objects.get(`${result.key}info.json`));
    expect(info).toContain('"ImageService3"');
  });
});
