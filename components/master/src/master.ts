import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_COSTS } from '@tessera/imaging';
import { AppError, type Logger } from '@tessera/runtime';
import { PUBLIC_ACCESS, WEB_PORTS } from '@tessera/runtime/outbound';
import { createBackground, type Background } from './background/background.ts';
import { removeOwnScratch } from './background/stale-scratch.ts';
import { catalogueExchange } from './catalogue/exchange/exchange-config.ts';
import type { MasterDeps } from './deps.ts';
import { createApi } from './http/api.ts';
import { ConnectionWatch } from './http/connection-watch.ts';
import { createHttpServer, listen } from './http/server.ts';
import { EventHub } from './events/event-hub.ts';
import { createZoom, type Zoom } from './zoom/zoom.ts';
import type { JobView } from './jobs/job-dto.ts';
import { waitsFor } from './jobs/waits-for.ts';
import { PaceBook } from './jobs/pace-book.ts';
import { createResumable, type Resumable } from './upload/resumable/create-resumable.ts';
import { webhookLimits } from './webhooks/webhook-of.ts';

/** 128 random bits in base64url. */
const randomId = (): string => randomBytes(16).toString('base64url');

/** The process that takes uploads and jobs, hands out tasks and tells of results. */
export class Master {
  readonly #deps: MasterDeps;
  readonly #logger: Logger;
  readonly #hub: EventHub;
  readonly #resumable: Resumable;
  readonly #background: Background;
  readonly #zoom: Zoom;
  readonly #server: Server;
  readonly #connections: ConnectionWatch;
  #url: string | undefined;
  #stopping = false;
  #closing: Promise<void> | undefined;

  constructor(deps: MasterDeps) {
    const { store, config, logger } = deps;
    const now = deps.now ?? ((): Date => new Date());
    const newId = deps.newId ?? randomId;
    this.#deps = deps;
    this.#logger = logger;
    const costs = deps.costs ?? DEFAULT_COSTS;
    const pace = new PaceBook({
      store,
      costs,
      logger,
      now: () => now().getTime(),
      slots: () => this.#background.executors.slots(),
    });
    const keepMilliseconds = config.KEEP_RESULTS_HOURS * 3_600_000;
    const view = (): JobView => ({
      outlook: (row) => pace.outlook(row),
      waitsFor: (row) => waitsFor(row, (strategy, kernel) => this.#background.executors.takers(strategy, kernel)),
      keepMilliseconds,
    });
    this.#hub = new EventHub(store, logger, view);
    this.#zoom = createZoom({ ...deps, now: () => now().getTime() });
    const access = deps.urls ?? PUBLIC_ACCESS;
    const urls = { access, ports: config.FETCH_PORTS ?? WEB_PORTS };
    const webhooks = config.WEBHOOKS ? webhookLimits(access, config) : undefined;
    const exchange = catalogueExchange(config);
    const central = exchange.central && { ...exchange.central, access };
    this.#background = createBackground({ deps, now, hub: this.#hub, webhooks, central });
    this.#resumable = createResumable(deps, newId, now);
    const app = createApi({
      deps,
      now,
      view,
      newId,
      hub: this.#hub,
      resumable: this.#resumable,
      background: this.#background,
      zoom: this.#zoom,
      load: () => pace.load(),
      urls,
      webhooks,
      exchange,
      stopping: () => this.#stopping,
    });
    this.#server = createHttpServer(
      app,
      {
        connections: config.MAX_CONNECTIONS,
        // Behind a proxy all connections come from its address.
        connectionsPerAddress: config.TRUST_PROXY > 0 ? 0 : config.MAX_CONNECTIONS_PER_ADDRESS,
      },
      newId,
    );
    this.#connections = new ConnectionWatch(this.#server);
  }

  /** Address of the site; after `start`. */
  get url(): string {
    if (this.#url === undefined) throw new AppError('SHUTTING_DOWN', { message: 'The master does not listen.' });
    return this.#url;
  }

  /** Begins to work, then to listen. */
  async start(): Promise<void> {
    const { HOST, PORT, MASTER_SCRATCH } = this.#deps.config;
    await mkdir(MASTER_SCRATCH, { recursive: true, mode: 0o700 });
    await removeOwnScratch(MASTER_SCRATCH);
    await this.#zoom.start();
    await this.#background.start();
    this.#url = await listen(this.#server, HOST, PORT);
    this.#logger.info({ address: this.#url }, 'master:listening');
  }

  /**
   * Says that it is not ready any more and goes on for as long as balancers need to see it; then takes no new request,
   * lets those under way end, sends listeners to another master, and stops all work. What it stands on stays open.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { DRAIN_DELAY_SECONDS, DRAIN_SECONDS } = this.#deps.config;
    const { listening } = this.#server;
    this.#stopping = true;
    if (listening) {
      this.#connections.announceEnd();
      if (DRAIN_DELAY_SECONDS > 0) await delay(DRAIN_DELAY_SECONDS * 1000);
      await this.#connections.stopAccepting();
    }
    // Only now: a listener that came back before would come to this master.
    await this.#hub.close();
    await this.#resumable.endRequests();
    if (listening) await this.#connections.drain(DRAIN_SECONDS * 1000);
    await this.#resumable.close();
    await Promise.all([this.#background.close(), this.#zoom.close()]);
    this.#logger.info('master:closed');
  }
}

export function createMaster(deps: MasterDeps): Master {
  return new Master(deps);
}
