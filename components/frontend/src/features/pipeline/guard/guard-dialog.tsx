import { Button, Group } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../../format/use-formats.ts';
import { Dialog } from '../dialog.tsx';
import { useEstimateWords } from '../start/estimate-line.tsx';
import type { Question } from './use-guard.ts';
import styles from './guard.module.css';

/** Shows what would come of it, and asks. Escape and the button that has the focus are the safe way. */
export function GuardDialog({ question: { about, estimate, no, yes } }: { readonly question: Question }) {
  const words = useTranslations('pipeline.guard');
  const formats = useFormats();
  const ranges = useEstimateWords();
  const time = ranges.time(estimate);
  const { width, height } = estimate.largest;
  return (
    <Dialog title={words('title')} onClose={no}>
      <ul className={styles.facts}>
        <li>{words('size', { size: ranges.size(estimate) })}</li>
        {time && <li>{words('time', { time })}</li>}
        <li>{words('pixels', { size: formats.size(width, height) })}</li>
      </ul>
      <p>{words(about === 'change' ? 'nothing' : 'start')}</p>
      <Group justify="flex-end" gap={8} mt={4}>
        <Button variant="default" onClick={yes}>
          {words(about === 'change' ? 'stay' : 'doStart')}
        </Button>
        <Button data-autofocus onClick={no}>
          {words(about === 'change' ? 'back' : 'dont')}
        </Button>
      </Group>
    </Dialog>
  );
}
