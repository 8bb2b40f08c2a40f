import type { Site } from './site.contract.ts';

/** A site whose work can be made to fail for good, whatever is tried, until it is mended. */
export interface BreakableSite extends Site {
  readonly adminToken: string;
  /** Machines that work for it. */
  readonly machines: number;
  /** Takes images away, so that the work on them fails. */
  break(images: readonly string[]): Promise<void>;
  /** Brings back what was taken away. */
  mend(): Promise<void>;
}

/** Starts a site with settings on top of its own. */
export type StartSite = (settings?: Readonly<Record<string, string>>) => Promise<BreakableSite>;
