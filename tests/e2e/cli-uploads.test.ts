import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedSite } from './embedded-site.ts';
import type { Site } from './site.contract.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Bytes of a segment that the site keeps as a whole. */
const SEGMENT = 8 * 1024 * 1024;

describe('files above 64 MB sent by the command line', () => {
  let site: Site;
  let proxy: Server;
  let folder: string;
  let file: string;
  let bytes: number;
  /** Bytes of the file that went through to the site, and after how many it is cut off. */
  let passed = 0;
  let cutAfter = Infinity;
  let onCut: () => void = () => undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-uploads-'));
    file = join(folder, 'large.tif');
    const background = 'teal';
    [site] = await Promise.all([
      startEmbeddedSite(),
      sharp({ create: { width: 5000, height: 4800, channels: 3, background } })
        .tiff({ compression: 'none' })
        .toFile(file),
    ]);
    bytes = (await stat(file)).size;
    proxy = createServer((request, response) => {
      const onward = ask(site.url + (request.url ?? ''), { method: request.method, headers: request.headers });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('error', () => onward.destroy());
      if (request.method !== 'PATCH') {
        request.pipe(onward);
        return;
      }
      request.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        if (passed > cutAfter) onCut();
        else if (!onward.write(chunk)) {
          request.pause();
          onward.once('drain', () => request.resume());
        }
      });
      request.on('end', () => onward.end());
      request.on('close', () => {
        if (!request.complete) onward.destroy();
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await site.stop();
    await rm(folder, { recursive: true });
  });

  /** Runs the tool; killed where the proxy cuts it off. */
  const run = (...args: readonly string[]): Promise<{ code: number | null; said: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
      const url = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
      const tool = spawn(
        process.execPath,
        [join(root, 'packages/cli/tessera.mjs'), ...args, '--server', url, '--progress', 'none'],
        // In a group of its own, for the tool starts the right Node as a child.
        { env, detached: true },
      );
      let said = '';
      for (const stream of [tool.stdout, tool.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
      onCut = () => process.kill(-tool.pid!, 'SIGKILL');
      tool.on('close', (code) => resolve({ code, said }));
    });
  const PROCESS = ['process', '--op', 'invert', '--format', 'tiff', '--split', 'always', '--overwrite'] as const;

  it('are gone on with by the next run where one was killed', async () => {
    cutAfter = bytes / 2;
    passed = 0;
    const output = join(folder, 'out');
    const killed = await run(...PROCESS, file, '-o', output);
    expect(killed.code).toBeNull();
    const kept = join(folder, 'state/tessera/uploads');
    expect(await readdir(kept)).toHaveLength(1);

    cutAfter = Infinity;
    passed = 0;
    const { code, said } = await run(...PROCESS, file, '-o', output);
    expect([code, said]).toEqual([0, `${join(output, 'large.tif')}\n`]);
    expect(passed).toBeLessThan(bytes / 2 + 3 * SEGMENT);
    expect(await readdir(kept)).toEqual([]);
    const { channels } = await sharp(join(output, 'large.tif')).stats();
    expect(channels.map(({ mean }) => mean)).toEqual([255, 127, 127]);
  });
});
