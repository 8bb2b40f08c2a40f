import '../../theme/mantine-overlays.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { copyText } from '../history/copy-text.ts';
import styles from './result-panel.module.css';

/** The digest of a result's pixels, shortened; the whole one can be copied. */
export function Digest({ digest }: { readonly digest: string }) {
  const words = useTranslations('result.digest');
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), 2500);
  const copy = async (): Promise<void> => {
    if (!(await copyText(digest))) return;
    setCopied(true);
    announce(words('said'));
    start();
  };
  return (
    <span className={styles.digest}>
      <code dir="ltr" title={digest}>
        {digest.slice(0, 8)}…{digest.slice(-8)}
      </code>
      <Tooltip label={copied ? words('copied') : words('copy')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={copied ? words('copied') : words('copy')}
          onClick={() => void copy()}
        >
          {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
