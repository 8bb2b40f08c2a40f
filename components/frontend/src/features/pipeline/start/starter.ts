import type { JobDto } from '@tessera/contracts';
import { ApiError, unreachable } from '../../../api/api-error.ts';
import type { EarlyStarts } from '../../upload/early-starts.ts';
import { isRaster, isUnderWay, type UploadItem } from '../../upload/upload-item.ts';
import type { UploadTray } from '../../upload/upload-tray.ts';
import { requestOf, type Draft } from '../draft.ts';
import { KeptStart } from './kept-start.ts';

/** Images that one request may name. */
const MOST_IMAGES = 1000;

export interface StartState {
  readonly state: 'idle' | 'waiting' | 'starting';
  /** Whether the start was asked for while files were still being sent. */
  readonly early: boolean;
  /** Whether it was asked for before the page was loaded: then files that have to be chosen again are waited for, too. */
  readonly resumed: boolean;
  readonly error: ApiError | undefined;
}

const IDLE: StartState = { state: 'idle', early: false, resumed: false, error: undefined };

export interface StarterParts {
  readonly tray: Pick<UploadTray, 'items' | 'remove' | 'restored' | 'until'>;
  readonly earlyStarts: EarlyStarts;
  /** @throws ApiError */
  readonly create: (request: ReturnType<typeof requestOf>) => Promise<readonly JobDto[]>;
  /** Told of the jobs of each request. */
  readonly onJobs: (jobs: readonly JobDto[]) => void;
  /** Of this tab; undefined where the browser allows none: a start that waits is then lost with a reload. */
  readonly storage: Storage | undefined;
}

/**
 * Starts drafts on the images of the tray, as soon as these are uploaded. It outlives the page on which the start was
 * asked for, and a start that waits goes on after a reload. The images that were started leave the tray.
 */
export class Starter {
  readonly #parts: StarterParts;
  readonly #kept: KeptStart;
  readonly #listeners = new Set<() => void>();
  #state = IDLE;
  #waiting: AbortController | undefined;
  #show: ((jobs: readonly JobDto[]) => Promise<void>) | undefined;

  constructor(parts: StarterParts) {
    this.#parts = parts;
    this.#kept = new KeptStart(parts.storage);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): StartState => this.#state;

  /** While a page is there that goes to the jobs, `show` does; it is not called for none. Gives the end of that. */
  readonly shows = (show: (jobs: readonly JobDto[]) => Promise<void>): (() => void) => {
    this.#show = show;
    return () => {
      if (this.#show === show) this.#show = undefined;
    };
  };

  /** Starts a draft, as soon as all uploads have ended. */
  readonly start = async (draft: Draft): Promise<void> => {
    const early = this.#parts.tray.items().some(isUnderWay);
    if (early) this.#kept.keep(draft);
    await this.#run(draft, { early, resumed: false });
  };

  /** Goes on with a start that waited when the page was left. */
  readonly resume = async (): Promise<void> => {
    const draft = this.#kept.read();
    if (draft && this.#state.state === 'idle') await this.#run(draft, { early: true, resumed: true });
  };

  /** Calls off what still waits for uploads. */
  readonly callOff = (): void => {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.#kept.forget();
    this.#change(IDLE);
  };

  async #run(draft: Draft, how: Pick<StartState, 'early' | 'resumed'>): Promise<void> {
    const calledOff = new AbortController();
    this.#waiting = calledOff;
    this.#change({ ...IDLE, ...how, state: 'waiting' });
    const { tray } = this.#parts;
    const isAwaited = (item: UploadItem): boolean => isUnderWay(item) || (how.resumed && item.state === 'missing');
    if (how.resumed) await tray.restored();
    await tray.until((items) => calledOff.signal.aborted || !items.some(isAwaited));
    if (calledOff.signal.aborted) return;
    // From here on it is the server's: started a second time after a reload, it would be done twice.
    this.#kept.forget();
    this.#change({ ...this.#state, state: 'starting' });
    const { started, gone, error } = await this.#create(draft, how.early);
    // The tray is emptied behind the page that comes, so that nothing jumps and the bar stays.
    if (started.length > 0) await this.#show?.(started).catch(() => undefined);
    for (const id of gone) tray.remove(id);
    if (this.#waiting === calledOff) this.#change({ ...IDLE, error });
  }

  async #create(draft: Draft, early: boolean) {
    const { tray, earlyStarts, create, onJobs } = this.#parts;
    const started: JobDto[] = [];
    const gone: string[] = [];
    const ready = tray
      .items()
      .flatMap((item) => (item.image && !isRaster(item) ? [{ id: item.id, image: item.image }] : []));
    try {
      for (let first = 0; first < ready.length; first += MOST_IMAGES) {
        const part = ready.slice(first, first + MOST_IMAGES);
        const jobs = await create(
          requestOf(
            draft,
            part.map(({ image }) => image.id),
          ),
        );
        if (early) earlyStarts.note(jobs);
        started.push(...jobs);
        gone.push(...part.map(({ id }) => id));
        onJobs(jobs);
      }
      return { started, gone, error: undefined };
    } catch (cause) {
      return { started, gone, error: cause instanceof ApiError ? cause : unreachable() };
    }
  }

  #change(state: StartState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
