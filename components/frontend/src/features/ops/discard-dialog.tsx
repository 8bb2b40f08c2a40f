import '../../theme/mantine-overlays.css';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeadFilter } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { discardDead } from '../../api/ops.ts';
import { announce } from '../../app/announce.ts';
import { OPS_KEY } from './use-ops.ts';
import { useProblemSentence } from './use-problem-sentence.ts';
import styles from './dead-letters.module.css';

interface DiscardDialogProps {
  readonly opened: boolean;
  readonly filter: DeadFilter;
  /** How many jobs that is, as far as the page knows; of more the server discards none. */
  readonly count: number;
  readonly onClose: () => void;
}

/** Asks before failed jobs are taken off the list. */
export function DiscardDialog({ opened, filter, count, onClose }: DiscardDialogProps) {
  const words = useTranslations('ops');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const discard = useMutation({
    mutationFn: () => discardDead(filter, count),
    onError: () => void queries.invalidateQueries({ queryKey: [OPS_KEY] }),
    onSuccess: (discarded) => {
      announce(words('discard.done', { count: discarded }));
      void queries.invalidateQueries({ queryKey: [OPS_KEY] });
      onClose();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words('discard.title', { count })}
      closeButtonProps={{ 'aria-label': words('discard.keep') }}
      centered
    >
      <div className={styles.dialog}>
        <p>{words('discard.about')}</p>
        {discard.error !== null && (
          <p className={styles.problem} role="alert">
            {sentence(discard.error, 'discard')}
          </p>
        )}
        <div className={styles.buttons}>
          <Button color="red" loading={discard.isPending} onClick={() => discard.mutate()}>
            {words('discard.confirm', { count })}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {words('discard.keep')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
