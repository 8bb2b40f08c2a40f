import type { ImageDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { ApiError, unreachable } from '../../api/api-error.ts';
import type { UploadOptions } from '../../api/upload-image.ts';
import { UploadTray, type TrayParts } from './upload-tray.ts';

const PNG_HEAD = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const png = (name: string): File => new File([PNG_HEAD], name);

const imageOf = (name: string): ImageDto => ({
  id: `id of ${name}`,
  name,
  format: 'png',
  width: 1,
  height: 1,
  channels: 3,
  bytes: 8,
  sha256: '0'.repeat(64),
});

function trayOf(parts: Partial<TrayParts>): UploadTray {
  return new UploadTray({
    send: (file) => Promise.resolve(imageOf(file.name)),
    makeThumbnail: () => Promise.resolve(undefined),
    keepThumbnail: () => undefined,
    wait: () => Promise.resolve(),
    ...parts,
  });
}

const states = (tray: UploadTray): string[] => tray.items().map(({ name, state }) => `${name} ${state}`);

describe('UploadTray', () => {
  it('uploads at most three files at a time, and all of them', async () => {
    let running = 0;
    let most = 0;
    const tray = trayOf({
      send: async (file) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return imageOf(file.name);
      },
    });
    tray.add(Array.from({ length: 10 }, (_, index) => png(String(index))));
    await tray.settled();
    expect(most).toBe(3);
    expect(tray.items().every(({ state, image }) => state === 'ready' && image)).toBe(true);
  });

  it('refuses a file with the server’s reason and goes on with the others', async () => {
    const tray = trayOf({
      send: (file) =>
        file.name === 'bad'
          ? Promise.reject(new ApiError(422, { code: 'CORRUPT_IMAGE', message: 'Damaged.' }))
          : Promise.resolve(imageOf(file.name)),
    });
    tray.add([png('a'), png('bad'), png('b')]);
    await tray.settled();
    expect(states(tray)).toEqual(['a ready', 'bad refused', 'b ready']);
    expect(tray.items()[1]?.error).toMatchObject({ code: 'CORRUPT_IMAGE', message: 'Damaged.' });
  });

  it('refuses what is no image before a byte is sent', async () => {
    let sent = 0;
    const tray = trayOf({ send: (file) => Promise.resolve(((sent += 1), imageOf(file.name))) });
    tray.add([new File(['hello'], 'note.txt'), new File([], 'empty.png')]);
    await tray.settled();
    expect(sent).toBe(0);
    expect(states(tray)).toEqual(['note.txt refused', 'empty.png refused']);
  });

  it('waits as long as a busy server asks, and its share never falls', async () => {
    const waits: number[] = [];
    const shares: number[] = [];
    let attempt = 0;
    const send = (file: File, { onProgress }: UploadOptions): Promise<ImageDto> => {
      attempt += 1;
      onProgress(attempt === 1 ? 0.8 : 0.3);
      if (attempt === 1) return Promise.reject(new ApiError(429, { code: 'RATE_LIMITED', message: 'Slow.' }, 7));
      return Promise.resolve(imageOf(file.name));
    };
    const tray = trayOf({ send, wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) });
    tray.subscribe(() => shares.push(tray.items()[0]?.share ?? 0));
    tray.add([png('a')]);
    await tray.settled();
    expect(waits).toEqual([7000]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(states(tray)).toEqual(['a ready']);
  });

  it('keeps a file that the server could not be reached for, and sends it when asked', async () => {
    let away = true;
    const tray = trayOf({
      send: (file) => (away ? Promise.reject(unreachable()) : Promise.resolve(imageOf(file.name))),
    });
    tray.add([png('a')]);
    await tray.settled();
    expect(states(tray)).toEqual(['a lost']);
    away = false;
    tray.retry(tray.items()[0]?.id ?? 0);
    await tray.settled();
    expect(states(tray)).toEqual(['a ready']);
  });

  it('stops the upload of a file that is taken out, and goes on with the next', async () => {
    const tray = trayOf({
      send: (file, { signal }) =>
        file.name === 'slow'
          ? new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(unreachable());
              });
            })
          : Promise.resolve(imageOf(file.name)),
    });
    tray.add([png('slow'), png('slow'), png('slow'), png('next')]);
    for (const { id, name } of tray.items()) if (name === 'slow') tray.remove(id);
    await tray.settled();
    expect(states(tray)).toEqual(['next ready']);
  });

  it('remembers the thumbnail under the image’s id, whichever comes first', async () => {
    const kept: string[] = [];
    for (const delay of [0, 5]) {
      const later = <T>(value: T, milliseconds: number): Promise<T> =>
        new Promise((resolve) => setTimeout(resolve, milliseconds, value));
      const thumbnail = later('data:x', delay);
      const tray = trayOf({
        send: (file) => later(imageOf(file.name), 5 - delay),
        makeThumbnail: () => thumbnail,
        keepThumbnail: (image, url) => kept.push(`${image} ${url}`),
      });
      tray.add([png('a')]);
      await tray.settled();
      await later(undefined, 10);
    }
    expect(kept).toEqual(['id of a data:x', 'id of a data:x']);
  });

  it('takes a stored image once', () => {
    const tray = trayOf({});
    tray.addStored(imageOf('a'), undefined);
    tray.addStored(imageOf('a'), undefined);
    expect(states(tray)).toEqual(['a ready']);
  });
});
