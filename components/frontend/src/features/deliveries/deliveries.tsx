import type { JobDto } from '@tessera/contracts';
import { useQuery } from '@tanstack/react-query';
import { listDeliveries } from '../../api/deliveries.ts';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/deliveries.json' with { type: 'json' };
import en from '../../messages/en/deliveries.json' with { type: 'json' };
import { DeliveryList } from './delivery-list.tsx';

const WORDS = { en: { deliveries: en }, ar: { deliveries: ar } };
/** Milliseconds between two looks while something is to be told. */
const POLL = 3000;

interface DeliveriesProps {
  readonly job: JobDto;
  /** Only what is told of the batch. */
  readonly batchOnly?: boolean;
}

/** How the webhook of one's own job was told; nothing where there is none, or the job is another's. */
export function Deliveries({ job, batchOnly = false }: DeliveriesProps) {
  const key = ['deliveries', job.id, job.state];
  const { data = [] } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => listDeliveries(job.id, signal),
    retry: false,
    refetchInterval: ({ state }) => (state.data?.some((delivery) => delivery.state === 'waiting') ? POLL : false),
  });
  const shown = batchOnly ? data.filter(({ type }) => type === 'batch.ended') : data;
  if (shown.length === 0) return null;
  return (
    <PageWords words={WORDS}>
      <DeliveryList deliveries={shown} queryKey={key} />
    </PageWords>
  );
}
