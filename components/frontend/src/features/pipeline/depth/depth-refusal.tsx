import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import styles from '../step.module.css';
import { DepthWords } from './depth-words.tsx';

interface DepthRefusalProps {
  readonly onReduce: () => void;
}

/** Says at a step that it works with 8 bits a channel only, and offers to do all of the work so. */
export function DepthRefusal(props: DepthRefusalProps) {
  return (
    <DepthWords>
      <Refusal {...props} />
    </DepthWords>
  );
}

function Refusal({ onReduce }: DepthRefusalProps) {
  const words = useTranslations('depth');
  return (
    <div>
      <p className={styles.wrong}>
        <span aria-hidden>✕</span> {words('refused')}
      </p>
      <Button size="xs" variant="default" mt={8} onClick={onReduce}>
        {words('reduceAll')}
      </Button>
    </div>
  );
}
