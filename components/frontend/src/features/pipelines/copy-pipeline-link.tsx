import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { copyText } from '../history/copy-text.ts';

/** Milliseconds for which the button says that it did. */
const SAID = 2500;

/** Copies the address under which anybody can look at a pipeline and use it. */
export function CopyPipelineLink({ id }: { readonly id: string }) {
  const words = useTranslations('pipelines');
  const router = useRouter();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const { href } = router.buildLocation({ to: '/pipelines/$pipeline', params: { pipeline: id } });
    if (!(await copyText(new URL(href, window.location.origin).href))) return;
    announce(words('linkCopied'), 'copy');
    setCopied(true);
    setTimeout(() => setCopied(false), SAID);
  };
  return (
    <Button size="sm" variant="default" leftSection={<IconLink size={15} />} onClick={() => void copy()}>
      {words(copied ? 'copied' : 'copyLink')}
    </Button>
  );
}
