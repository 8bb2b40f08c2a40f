import type { Decoder } from '@tessera/codec';
import type { CostTable } from '@tessera/imaging';
import type { Broker } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { UrlAccess } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import type { Tracing } from '@tessera/telemetry';
import type { MasterConfig } from './config.ts';

/** What a master stands on. All of it is closed by whoever made it, after the master. */
export interface MasterDeps {
  /** Stores that upload in parts can be rid of those that nobody completed; gives their number. */
  readonly objects: ObjectStore & { sweepMultiparts?(olderThanSeconds: number): Promise<number> };
  readonly broker: Broker;
  readonly store: JobStore;
  /** Looks at uploads, and makes what is seen of pictures. */
  readonly decoder: Pick<Decoder, 'probe' | 'makePyramid' | 'makeThumbnail' | 'renderText' | 'scratch' | 'limits'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Default: none. Broker, store, objects and decoder trace themselves. */
  readonly tracing?: Tracing | undefined;
  readonly config: MasterConfig;
  /** What jobs are planned by; default: the table of the program. */
  readonly costs?: CostTable | undefined;
  /** How addresses given by visitors are reached; default: the public internet. */
  readonly urls?: UrlAccess | undefined;
  /** The time; default: the clock. */
  readonly now?: (() => Date) | undefined;
  /** Makes 128-bit ids in base64url, which nobody can guess; default: from the system's random source. */
  readonly newId?: (() => string) | undefined;
}
