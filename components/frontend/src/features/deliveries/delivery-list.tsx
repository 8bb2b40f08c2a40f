import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeliveryDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { replayDelivery } from '../../api/deliveries.ts';
import { announce } from '../../app/announce.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { Problem } from '../problem/problem.tsx';
import styles from './deliveries.module.css';
import { useDeliveryWords } from './use-delivery-words.ts';

const MARKS = { waiting: 'waiting', delivered: 'done', failed: 'failed' } as const;

interface DeliveryListProps {
  readonly deliveries: readonly DeliveryDto[];
  readonly queryKey: readonly string[];
}

/** Each thing that a webhook is told: its state, its tries, the last answer, and the way to tell it again. */
export function DeliveryList({ deliveries, queryKey }: DeliveryListProps) {
  const words = useTranslations('deliveries');
  const say = useDeliveryWords();
  const queries = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: replayDelivery,
    onSuccess: async () => {
      announce(words('sent'), 'deliveries');
      await queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <section className={styles.deliveries} aria-labelledby="deliveries-title">
      <h3 id="deliveries-title">{words('title')}</h3>
      <ul>
        {deliveries.map((delivery) => (
          <li key={delivery.id}>
            <StateMark state={MARKS[delivery.state]} />
            <span>
              <strong>{say.about(delivery)}</strong>
              <span className={styles.how}>{say.how(delivery)}</span>
            </span>
            {delivery.state !== 'waiting' && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={words('againOf', { what: say.about(delivery) })}
                leftSection={<IconSend size={15} aria-hidden />}
                loading={isPending && variables === delivery.id}
                onClick={() => mutate(delivery.id)}
              >
                {words('again')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error && <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="job" />}
    </section>
  );
}
