import { useQuery } from '@tanstack/react-query';
import type { CatalogueProduct, JobDto, RasterFacts } from '@tessera/contracts';
import { getCatalogueProduct } from '../../api/catalogue.ts';
import { useJob } from '../../api/use-job.ts';
import { mapElsewhere } from './elsewhere.ts';
import { sharedIdOf } from './product-name.ts';
import type { Point } from './reader/ground.ts';
import type { MapReader } from './reader/map-reader.ts';
import { ReadFailure, type ReadFailureKind } from './reader/read-failure.ts';
import type { Spread } from './reader/spread.ts';

/** A raster whose header was read. */
export interface ReadyProduct {
  readonly url: string;
  readonly facts: RasterFacts;
  readonly outline: readonly Point[];
  readonly spread: readonly (Spread | undefined)[];
}

/** A product on the map: of a job, or a shared one. */
export interface MapProduct {
  readonly job: JobDto | undefined;
  readonly shared: CatalogueProduct | undefined;
  /** Undefined while it is made or read. */
  readonly ready: ReadyProduct | undefined;
  /** Why it is not shown: its raster can not be, or there is no such job. */
  readonly failure: ReadFailureKind | undefined;
  /** The map of the site that has its files, where that is another one. */
  readonly elsewhere: string | undefined;
}

const NOTHING: MapProduct = {
  job: undefined,
  shared: undefined,
  ready: undefined,
  failure: undefined,
  elsewhere: undefined,
};

/** What its values are: the name of an index, `band-math`, `rgb`, or the rule of a composite. */
export function measureOf({ job, shared }: MapProduct): string | undefined {
  const product = job?.product;
  if (product === undefined) return shared?.index ?? undefined;
  if (product.index !== undefined) return product.index;
  if (product.expression !== undefined) return 'band-math';
  return product.kind === 'mosaic' ? 'rgb' : product.rule;
}

/** A product and its raster, read when the job is done. */
export function useProduct(reader: MapReader | undefined, id: string | undefined): MapProduct {
  const sharedId = sharedIdOf(id);
  const isJob = id !== undefined && sharedId === undefined;
  const { data: job, error: jobError } = useJob(id ?? '', isJob);
  const { data: shared, error: sharedError } = useQuery({
    queryKey: ['catalogue', 'product', sharedId],
    queryFn: ({ signal }) => getCatalogueProduct(sharedId ?? '', signal),
    enabled: sharedId !== undefined,
  });
  const error = jobError ?? sharedError;
  const made = job?.result?.format === 'tiff' ? job.result.url : undefined;
  const elsewhere = shared && mapElsewhere(shared, window.location.href);
  const url = made ?? (elsewhere === undefined ? shared?.links.cog : undefined);
  const query = useQuery({
    queryKey: ['map-raster', url],
    queryFn: async (): Promise<ReadyProduct> => {
      if (!reader || url === undefined) throw new ReadFailure('gone');
      const opened = await reader.ask('open', { url });
      return { url, ...opened, spread: await reader.ask('spread', { url }) };
    },
    enabled: reader !== undefined && url !== undefined,
    staleTime: Infinity,
    retry: (failures, failure) => ReadFailure.from(failure).kind === 'unreachable' && failures < 3,
  });
  if (id === undefined) return NOTHING;
  const isOther = job?.state === 'done' && url === undefined;
  const failure = query.error ? ReadFailure.from(query.error).kind : isOther ? 'no-place' : undefined;
  const isGone = error !== null && !job && !shared;
  return {
    ...{ job: isJob ? job : undefined, shared, elsewhere, ready: query.data },
    failure: failure ?? (isGone ? 'gone' : undefined),
  };
}
