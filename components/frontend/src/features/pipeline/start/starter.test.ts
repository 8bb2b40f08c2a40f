import type { ImageDto, JobDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { jobFixture } from '../../../api/job-fixture.ts';
import { unreachable } from '../../../api/api-error.ts';
import { EarlyStarts } from '../../upload/early-starts.ts';
import { ItemList } from '../../upload/item-list.ts';
import type { UploadItem } from '../../upload/upload-item.ts';
import { EMPTY_DRAFT } from '../draft.ts';
import { Starter, type StarterParts } from './starter.ts';

const item = (id: string, changes: Partial<UploadItem> = {}): UploadItem => ({
  id,
  name: `${id}.png`,
  bytes: 10,
  share: 0,
  state: 'sending',
  ...changes,
});
const ready = (id: string, format = 'png'): UploadItem =>
  item(id, { state: 'ready', share: 1, image: { id: `image ${id}`, format } as ImageDto });

class Session implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  kept: string | null = null;
  getItem = (): string | null => this.kept;
  setItem = (_key: string, value: string): void => void (this.kept = value);
  removeItem = (): void => void (this.kept = null);
}

/** A page that was just loaded, with a tray of its own. */
function pageOf(items: readonly UploadItem[], session = new Session(), create?: StarterParts['create']) {
  const list = new ItemList();
  const asked: (readonly string[])[] = [];
  const starter = new Starter({
    tray: {
      items: list.all,
      remove: (id) => list.delete(id),
      restored: () => Promise.resolve(),
      until: (condition) => list.until(condition),
    },
    earlyStarts: new EarlyStarts(undefined),
    create:
      create ??
      (({ images }) => {
        asked.push(images);
        return Promise.resolve(images.map((id) => jobFixture({ id: `job of ${id}` })));
      }),
    onJobs: () => undefined,
    storage: session as unknown as Storage,
  });
  list.add(items);
  return { starter, list, asked, session };
}

const left = (list: ItemList): readonly string[] => list.all().map(({ id }) => id);

describe('Starter', () => {
  it('starts what is ready at once, shows the jobs, and leaves rasters and what is still missing in the tray', async () => {
    const { starter, list, asked, session } = pageOf([
      ready('a'),
      ready('b', 'raster'),
      item('c', { state: 'missing' }),
    ]);
    const shown: JobDto[] = [];
    starter.shows((jobs) => Promise.resolve(void shown.push(...jobs)));
    await starter.start(EMPTY_DRAFT);
    expect(asked).toEqual([['image a']]);
    expect([shown.map(({ id }) => id), left(list), session.kept]).toEqual([['job of image a'], ['b', 'c'], null]);
    expect(starter.state()).toMatchObject({ state: 'idle', error: undefined });
  });

  it('goes on after a reload with a start that waited, and waits for files that have to be chosen again', async () => {
    const before = pageOf([item('a'), item('b')]);
    void before.starter.start({ ...EMPTY_DRAFT, format: 'webp' });
    await Promise.resolve();
    const { starter, list, asked, session } = pageOf([item('a'), item('b', { state: 'missing' })], before.session);
    const going = starter.resume();
    expect(starter.state()).toMatchObject({ state: 'waiting', early: true, resumed: true });
    list.patch('a', ready('a'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(asked).toEqual([]);
    list.patch('b', ready('b'));
    await going;
    expect([asked, session.kept]).toEqual([[['image a', 'image b']], null]);
    expect(pageOf([], session).starter.state().state).toBe('idle');
  });

  it('forgets a start that is called off, and tells why one failed', async () => {
    const { starter, asked, session, list } = pageOf([item('a')]);
    const going = starter.start(EMPTY_DRAFT);
    expect(session.kept).toContain('"steps"');
    starter.callOff();
    list.patch('a', ready('a'));
    await going;
    expect([asked, session.kept, starter.state().state]).toEqual([[], null, 'idle']);
    const failing = pageOf([ready('a')], new Session(), () => Promise.reject(unreachable()));
    await failing.starter.start(EMPTY_DRAFT);
    expect([failing.starter.state().error?.code, left(failing.list)]).toEqual(['UNREACHABLE', ['a']]);
  });
});
