import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BAD_INPUTS } from '../bad-inputs/index-fixture.ts';
import { sharp } from '../sharp.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { rawInput } from '../strip/raw-input.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import type { DecoderOptions } from './decoder.ts';
import { openBench, pixelsOf, type Bench } from './decoder-fixture.ts';

let bench: Bench | undefined;
const open = async (changes?: Partial<DecoderOptions>): Promise<Bench> => (bench = await openBench(changes));
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const raster = makePicture(160, 120, 3, 'smooth');
const photo = () => sharp(raster.data, rawInput(raster)).png().toBuffer();
const made = (name: string) => BAD_INPUTS.find((input) => input.name === name)!.make();
/** Makes a pipe that nobody writes to: whoever opens it waits for ever. */
async function makeStuck(folder: string): Promise<string> {
  const path = join(folder, 'stuck');
  await promisify(execFile)('mkfifo', [path]);
  return path;
}

describe('Decoder', () => {
  it('decodes to a file of raw pixels that appears when it is complete', async () => {
    const { decoder, folder, save } = await open();
    const target = join(folder, 'decoded');
    const decoded = await decoder.decode(await save(await photo(), 'in'), target);
    expect(decoded).toEqual({ path: target, width: 160, height: 120, channels: 3, depth: 8, offset: 64 });
    expect(pixelsOf(decoded)).toEqual(raster);
    expect((await readdir(folder)).sort()).toEqual(['decoded', 'in']);
  });

  it('gives its processes nothing of its environment, and no right to start others', async () => {
    const { decoder } = await open({ children: 2 });
    expect(decoder.pids()).toHaveLength(2);
    for (const pid of decoder.pids()) {
      const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').filter((line) => line !== '');
      const names = variables.map((line) => line.split('=')[0]).sort();
      expect(names).toEqual(
        [
          'MALLOC_ARENA_MAX',
          'NODE_CHANNEL_FD',
          'NODE_CHANNEL_SERIALIZATION_MODE',
          'TMPDIR',
          'VIPS_BLOCK_UNTRUSTED',
        ].sort(),
      );
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      expect(command).toContain('--permission');
      expect(command).not.toContain('--allow-child-process');
    }
  });

  it('lets more requests wait than it has processes', async () => {
    const { decoder, save } = await open({ children: 2 });
    const path = await save(await photo());
    const probes = await Promise.all(Array.from({ length: 12 }, () => decoder.probe(path)));
    expect(new Set(probes.map((probe) => JSON.stringify(probe))).size).toBe(1);
    expect(probes[0]).toEqual({ format: 'png', width: 160, height: 120, channels: 3, progressive: false });
  });

  it('survives the death of a process at work', async () => {
    const { decoder, folder, save } = await open();
    const [pid] = decoder.pids();
    const reading = decoder.probe(await makeStuck(folder));
    setTimeout(() => process.kill(pid!, 'SIGKILL'), 50);
    await expect(reading).rejects.toMatchObject({ code: 'DECODER_CRASHED', retryable: true });
    await expect(decoder.probe(await save(await photo()))).resolves.toMatchObject({ width: 160 });
    expect(decoder.pids()).toHaveLength(1);
    expect(decoder.pids()).not.toContain(pid);
  });

  it('survives the death of an idle process', async () => {
    const { decoder, save } = await open();
    process.kill(decoder.pids()[0]!, 'SIGKILL');
    const path = await save(await photo());
    await vi.waitFor(() => expect(decoder.pids()).toEqual([]));
    await expect(decoder.probe(path)).resolves.toMatchObject({ width: 160 });
  });

  it('kills what exceeds the deadline', async () => {
    const { decoder, folder, save } = await open({ deadlineMilliseconds: 2000 });
    await expect(decoder.probe(await makeStuck(folder))).rejects.toMatchObject({ code: 'DECODE_TIMEOUT' });
    await expect(decoder.probe(await save(await photo()))).resolves.toMatchObject({ width: 160 });
  });

  it('kills what exceeds the memory and leaves no file behind', async () => {
    const { decoder, folder, save } = await open({ memoryBytes: 200 * 1024 * 1024 });
    const path = await save(await made('AVIF of 16 megapixels'), 'in');
    await expect(decoder.decode(path, join(folder, 'decoded'))).rejects.toMatchObject({ code: 'DECODE_OOM' });
    expect(await readdir(folder)).toEqual(['in']);
  });

  it('kills what is cancelled, at work or waiting', async () => {
    const { decoder, folder, save } = await open();
    const path = await makeStuck(folder);
    const controller = new AbortController();
    const calls = [1, 2].map(() => decoder.probe(path, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'CANCELLED' })));
    await expect(decoder.probe(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(decoder.probe(await save(await photo()))).resolves.toMatchObject({ width: 160 });
  });

  it('serves those who wait behind somebody who gave up', async () => {
    const { decoder, folder, save } = await open();
    const stuck = await makeStuck(folder);
    const path = await save(await photo());
    const controllers = [new AbortController(), new AbortController()] as const;
    const [first, second] = [stuck, path].map((file, i) =>
      expect(decoder.probe(file, { signal: controllers[i]!.signal })).rejects.toMatchObject({ code: 'CANCELLED' }),
    );
    const others = [1, 2, 3].map(() => decoder.probe(path));
    controllers[1].abort();
    await second;
    controllers[0].abort();
    await first;
    for (const probe of await Promise.all(others)) expect(probe.width).toBe(160);
  });

  it('probes at once while heavy requests have all its processes', async () => {
    const { decoder, folder, save } = await open({ children: 2 });
    const stuck = await makeStuck(folder);
    const path = await save(await photo());
    const controller = new AbortController();
    // Two are at work, the third waits.
    const heavy = [1, 2, 3].map(() => decoder.findRowBlocks(stuck, { signal: controller.signal }));
    const cancelled = Promise.all(heavy.map((call) => expect(call).rejects.toMatchObject({ code: 'CANCELLED' })));
    const probes = await Promise.all([1, 2, 3].map(() => decoder.probe(path)));
    expect(probes.map(({ width }) => width)).toEqual([160, 160, 160]);
    expect(decoder.pids()).toHaveLength(3);
    controller.abort();
    await cancelled;
    await expect(decoder.decode(path, join(folder, 'decoded'))).resolves.toMatchObject({ width: 160 });
  });

  it('fails what it is asked while it closes, and leaves no process', async () => {
    const { decoder, folder } = await open();
    const stuck = await makeStuck(folder);
    const pids = decoder.pids();
    const calls = [1, 2].map(() => decoder.probe(stuck));
    const failures = Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })));
    await decoder.close();
    await failures;
    expect(decoder.pids()).toEqual([]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('leaves no process behind when its own is killed', async () => {
    const { folder } = await open();
    const module = new URL('./decoder-fixture.ts', import.meta.url).href;
    const script = `const { openBench } = await import('${module}');
      console.log(JSON.stringify((await openBench({ children: 2, scratch: '${folder}' })).decoder.pids()));
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    expect(pids).toHaveLength(2);
    parent.kill('SIGKILL');
    await vi.waitFor(() => {
      for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    }, 5000);
  });

  it('says that a source is gone', async () => {
    const { decoder, folder } = await open();
    await expect(decoder.probe(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
  });

  it('writes into its scratch folder only', async () => {
    const { decoder, folder, save } = await open();
    const path = await save(await photo());
    for (const target of [join(folder, '..', 'decoded'), join(folder, 'missing', 'decoded')]) {
      await expect(decoder.decode(path, target)).rejects.toMatchObject({ code: 'INTERNAL' });
    }
  });

  it('decodes to a folder behind a symbolic link', async () => {
    const { decoder, folder, save } = await open();
    const path = await save(await photo());
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'link'));
    const decoded = await decoder.decode(path, join(folder, 'link', 'decoded'));
    expect(pixelsOf(decoded)).toEqual(raster);
    expect(await readdir(join(folder, 'real'))).toEqual(['decoded']);
  });

  it('takes its limits from its options', async () => {
    const { decoder, save } = await open({ limits: { ...DEFAULT_DECODE_LIMITS, maxPixels: 160 * 120 - 1 } });
    await expect(decoder.probe(await save(await photo()))).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
  });
});
