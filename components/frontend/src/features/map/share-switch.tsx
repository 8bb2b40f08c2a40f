import '../../theme/mantine-inputs.css';
import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CatalogueProduct } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { listOwnProducts, shareProduct } from '../../api/catalogue.ts';
import { Problem } from '../problem/problem.tsx';
import type { MapProduct } from './use-product.ts';

/** Lets the owner of a product show it to everybody, or to nobody else; nothing for products of others. */
export function ShareSwitch({ product: { job, shared, ready } }: { readonly product: MapProduct }) {
  const words = useTranslations('map.look');
  const queries = useQueryClient();
  const { data: own } = useQuery({
    queryKey: ['catalogue', 'own'],
    queryFn: ({ signal }) => listOwnProducts(signal),
    enabled: ready !== undefined && shared === undefined,
    retry: false,
  });
  const listed = job && own?.find(({ links }) => links.job === `/api/v1/jobs/${job.id}`);
  const mine = listed ?? (shared?.own === true ? shared : undefined);
  const change = useMutation<CatalogueProduct, ApiError, { id: string; share: boolean }>({
    mutationFn: ({ id, share }) =>
      shareProduct(id, share).catch((error: unknown) => {
        throw error instanceof ApiError ? error : unreachable();
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['catalogue'] }),
  });
  if (mine === undefined) return null;
  const wished = change.isPending ? change.variables.share : mine.shared;
  return (
    <>
      <Switch
        label={words('share')}
        checked={wished}
        onChange={(event) => change.mutate({ id: mine.id, share: event.currentTarget.checked })}
      />
      {change.error && <Problem error={change.error} undertaking="submit" />}
    </>
  );
}
