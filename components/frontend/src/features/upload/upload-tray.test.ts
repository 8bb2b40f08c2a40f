import type { ImageDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { ApiError, unreachable } from '../../api/api-error.ts';
import type { ResumableOptions } from '../../api/resumable-upload.ts';
import { Connection } from './connection.ts';
import { lookAtFile } from './inspect/look-at-file.ts';
import { TrayMemoryFixture } from './keep/tray-memory-fixture.ts';
import { UploadTray, type TrayParts } from './upload-tray.ts';
import type { UploadItem } from './upload-item.ts';

const LIMITS = {
  fileBytes: 1e9,
  resumableBytes: 1000,
  filesPerRequest: 50,
  imagesPerJobRequest: 1000,
  pixels: 1e9,
  progressivePixels: 1e8,
  verifyPixels: 1e8,
};

/** The smallest thing that looks like a GIF, of any length. */
function gif(name: string, bytes = 16): { file: File } {
  const head = Uint8Array.from([...'GIF89a'].map((letter) => letter.charCodeAt(0)).concat([3, 0, 2, 0]));
  return { file: new File([head, new Uint8Array(bytes - head.length)], name, { lastModified: 5 }) };
}

function imageOf(name: string): ImageDto {
  const facts = { format: 'gif', width: 3, height: 2, channels: 3, depth: 8, bytes: 16, progressive: false } as const;
  return { ...facts, id: `id of ${name}`, name, sha256: '0'.repeat(64), url: `/${name}` } as ImageDto;
}

interface Scene extends Partial<TrayParts['transport']> {
  readonly memory?: TrayMemoryFixture;
  readonly wait?: TrayParts['wait'];
  readonly probe?: () => Promise<void>;
  readonly draw?: TrayParts['looker']['draw'];
}

function trayOf({ memory, wait, probe, draw, ...transport }: Scene = {}) {
  const addresses = new Map<string, string>();
  const brief = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
  const connection = new Connection({ probe: probe ?? (() => Promise.resolve()), wait: brief, random: () => 0 });
  const tray = new UploadTray({
    transport: {
      whole: (file) => Promise.resolve(imageOf(file.name)),
      resumably: (file) => Promise.resolve(imageOf(file.name)),
      fetched: (source) => Promise.resolve(imageOf(source)),
      forget: () => Promise.resolve(),
      ...transport,
    },
    looker: { look: lookAtFile, draw: draw ?? (() => Promise.resolve(undefined)) },
    memory: memory ?? new TrayMemoryFixture(),
    thumbnails: {
      find: (key) => addresses.get(key),
      keep: (key) => {
        addresses.set(key, `blob:${key}`);
        return `blob:${key}`;
      },
      rename: (key, image) => {
        const address = addresses.get(key);
        if (address !== undefined) addresses.set(image, address);
      },
      forget: (key) => {
        addresses.delete(key);
      },
    },
    connection,
    limits: () => Promise.resolve(LIMITS),
    wait: wait ?? (() => Promise.resolve()),
    random: () => 0,
  });
  return { tray, connection, addresses };
}

const states = (tray: UploadTray): string[] => tray.items().map(({ name, state }) => `${name} ${state}`);
const first = (tray: UploadTray): UploadItem => {
  const [item] = tray.items();
  if (!item) throw new Error('The tray is empty.');
  return item;
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};
/** An upload that ends only when it is stopped. */
const endless = (_file: File, { signal }: { readonly signal: AbortSignal }): Promise<ImageDto> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(unreachable());
    });
  });

describe('UploadTray', () => {
  it('uploads at most three files at a time, and all of them', async () => {
    let running = 0;
    let most = 0;
    const { tray } = trayOf({
      whole: async (file) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return imageOf(file.name);
      },
    });
    tray.add(Array.from({ length: 10 }, (_, index) => gif(String(index))));
    await tray.settled();
    expect(most).toBe(3);
    expect(tray.items().every(({ state, image }) => state === 'ready' && image)).toBe(true);
  });

  it('refuses a file with the server’s reason and goes on with the others', async () => {
    const { tray } = trayOf({
      whole: (file) =>
        file.name === 'bad'
          ? Promise.reject(new ApiError(422, { code: 'CORRUPT_IMAGE', message: 'Damaged.' }))
          : Promise.resolve(imageOf(file.name)),
    });
    tray.add([gif('a'), gif('bad'), gif('b')]);
    await tray.settled();
    expect(states(tray)).toEqual(['a ready', 'bad refused', 'b ready']);
    expect(tray.items()[1]?.error).toMatchObject({ code: 'CORRUPT_IMAGE', message: 'Damaged.' });
  });

  it('refuses what is no image before a byte is sent', async () => {
    let sent = 0;
    const { tray } = trayOf({ whole: (file) => Promise.resolve(((sent += 1), imageOf(file.name))) });
    tray.add([{ file: new File(['hello, world'], 'note.jpg') }, { file: new File([], 'empty.png') }]);
    await tray.settled();
    expect(sent).toBe(0);
    expect(states(tray)).toEqual(['note.jpg refused', 'empty.png refused']);
    expect(first(tray).error).toMatchObject({ code: 'UNSUPPORTED_FORMAT', looksLike: 'text' });
  });

  it('waits as long as a busy server asks, and its share never falls', async () => {
    const waits: number[] = [];
    const shares: number[] = [];
    let attempt = 0;
    const { tray } = trayOf({
      whole: (file, { onProgress }) => {
        attempt += 1;
        onProgress(attempt === 1 ? 0.8 : 0.3);
        shares.push(first(tray).share);
        if (attempt === 1) return Promise.reject(new ApiError(429, { code: 'RATE_LIMITED', message: 'Slow.' }, 7));
        return Promise.resolve(imageOf(file.name));
      },
      wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    });
    tray.add([gif('a')]);
    await tray.settled();
    expect(waits).toEqual([7000]);
    expect(shares).toEqual([0.8, 0.8]);
    expect(states(tray)).toEqual(['a ready']);
  });

  it('gives a file up after several attempts without progress, and sends it when asked', async () => {
    let broken = true;
    const { tray } = trayOf({
      whole: (file) =>
        broken
          ? Promise.reject(new ApiError(500, { code: 'INTERNAL', message: 'Oh.' }))
          : Promise.resolve(imageOf(file.name)),
    });
    tray.add([gif('a')]);
    await tray.settled();
    expect(states(tray)).toEqual(['a lost']);
    broken = false;
    tray.resume(first(tray).id);
    await tray.settled();
    expect(states(tray)).toEqual(['a ready']);
  });

  it('waits without an error for a server that is away, however long, and goes on by itself', async () => {
    let away = true;
    let probes = 0;
    const { tray, connection } = trayOf({
      whole: (file) => (away ? Promise.reject(unreachable()) : Promise.resolve(imageOf(file.name))),
      probe: () => {
        probes += 1;
        return away ? Promise.reject(unreachable()) : Promise.resolve();
      },
    });
    tray.add(Array.from({ length: 5 }, (_, index) => gif(String(index))));
    await until(() => probes > 20);
    expect(connection.away()).toBe(true);
    expect(tray.items().some(({ error }) => error)).toBe(false);
    expect(tray.items().every(({ state }) => state === 'waiting' || state === 'sending')).toBe(true);
    away = false;
    await tray.settled();
    expect(tray.items().every(({ state }) => state === 'ready')).toBe(true);
  });

  it('stops the upload of a file that is taken out, and goes on with the next', async () => {
    const { tray } = trayOf({
      whole: (file, options) => (file.name === 'slow' ? endless(file, options) : Promise.resolve(imageOf(file.name))),
    });
    tray.add([gif('slow'), gif('slow'), gif('slow'), gif('next')]);
    for (const { id, name } of tray.items()) if (name === 'slow') tray.remove(id);
    await tray.settled();
    expect(states(tray)).toEqual(['next ready']);
  });

  it('pauses one or all, and goes on', async () => {
    const { tray } = trayOf({ whole: endless });
    tray.add([gif('a'), gif('b'), gif('c'), gif('d')]);
    await until(() => tray.items().filter(({ state }) => state === 'sending').length === 3);
    tray.pause(first(tray).id);
    expect(first(tray).state).toBe('paused');
    await until(() => tray.items()[3]?.state === 'sending');
    tray.pause();
    expect(states(tray)).toEqual(['a paused', 'b paused', 'c paused', 'd paused']);
    await tray.settled();
    tray.resume();
    await until(() => tray.items().filter(({ state }) => state === 'sending').length === 3);
  });

  it('shows a thumbnail under the image’s id, whichever comes first', async () => {
    for (const delay of [0, 5]) {
      const later = <T>(value: T, milliseconds: number): Promise<T> =>
        new Promise((resolve) => setTimeout(resolve, milliseconds, value));
      const { tray, addresses } = trayOf({
        whole: (file) => later(imageOf(file.name), 5 - delay),
        draw: () => later(new Blob(['x']), delay),
      });
      tray.add([gif('a')]);
      await tray.settled();
      await later(undefined, 10);
      expect(first(tray).thumbnail).toMatch(/^blob:/);
      expect(addresses.get('id of a')).toBe(first(tray).thumbnail);
    }
  });

  it('takes a stored image once', () => {
    const { tray } = trayOf();
    tray.addStored(imageOf('a'));
    tray.addStored(imageOf('a'));
    expect(states(tray)).toEqual(['a ready']);
  });

  it('has an address fetched, and calls it by the image’s name', async () => {
    const { tray } = trayOf({ fetched: () => Promise.resolve(imageOf('moon.gif')) });
    tray.addAddress('https://photos.example/a%20b/moon');
    expect(first(tray).name).toBe('moon');
    await tray.settled();
    expect(states(tray)).toEqual(['moon.gif ready']);
  });

  describe('after a reload', () => {
    it('has the same items; finished ones are not sent again, unfinished ones go on', async () => {
      const memory = new TrayMemoryFixture();
      const before = trayOf({
        memory,
        whole: (file, options) => (file.name === 'b' ? endless(file, options) : Promise.resolve(imageOf(file.name))),
      });
      before.tray.add([gif('a'), gif('b'), { file: new File(['no'], 'c') }]);
      await until(() => states(before.tray).join() === 'a ready,b sending,c refused');

      const sent: string[] = [];
      const { tray } = trayOf({ memory, whole: (file) => Promise.resolve((sent.push(file.name), imageOf(file.name))) });
      await tray.restore();
      expect(tray.items().map(({ id }) => id)).toEqual(before.tray.items().map(({ id }) => id));
      await tray.settled();
      expect(states(tray)).toEqual(['a ready', 'b ready', 'c refused']);
      expect(sent).toEqual(['b']);
    });

    it('asks for a file that the browser does not hold, and goes on from what was sent', async () => {
      const memory = new TrayMemoryFixture(false);
      const half = (file: File, options: ResumableOptions): Promise<ImageDto> => {
        options.onAddress('/uploads/1');
        options.onProgress(0.62);
        return endless(file, options);
      };
      const before = trayOf({ memory, resumably: half });
      before.tray.add([gif('large', 2000)]);
      await until(() => first(before.tray).share > 0);

      const resumed: (string | undefined)[] = [];
      const { tray } = trayOf({
        memory,
        resumably: (file, { resume }) => Promise.resolve((resumed.push(resume), imageOf(file.name))),
      });
      await tray.restore();
      expect(first(tray)).toMatchObject({ state: 'missing', share: 0.62 });
      tray.add([gif('other', 2000)]);
      expect(tray.items().length).toBe(2);
      tray.add([gif('large', 2000)]);
      await tray.settled();
      expect(states(tray)).toEqual(['large ready', 'other ready']);
      expect(resumed).toContain('/uploads/1');
    });
  });
});
