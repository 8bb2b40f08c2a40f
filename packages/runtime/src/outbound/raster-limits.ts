import { withNamedHosts, type NamedHosts } from './named-hosts.ts';
import { WEB_PORTS, type UrlAccess } from './url-access.ts';
import type { UrlLimits } from './url-limits.ts';

interface RasterConfig {
  readonly FETCH_RASTERS: boolean;
  readonly FETCH_PORTS?: readonly number[] | undefined;
  readonly RASTER_HOSTS?: NamedHosts | undefined;
}

/** Where rasters on web servers may be read from; undefined: nowhere. */
export function rasterLimits(access: UrlAccess, config: RasterConfig): UrlLimits | undefined {
  if (!config.FETCH_RASTERS) return undefined;
  return { access: withNamedHosts(access, config.RASTER_HOSTS), ports: config.FETCH_PORTS ?? WEB_PORTS };
}
