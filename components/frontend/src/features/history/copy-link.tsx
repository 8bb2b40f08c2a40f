import '../../theme/mantine-overlays.css';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { copyText } from './copy-text.ts';

/** Milliseconds for which the button says that it did it. */
const SAID = 2500;

interface CopyLinkProps {
  /** Path of the page; the address of this site is put before it. Default: what the address says now. */
  readonly path?: string | (() => string);
  readonly look: 'button' | 'icon';
  /** Whose link it is, for those who can't see the row. */
  readonly name: string;
}

/** Copies the address of what is seen; says so in its own words and aloud. */
export function CopyLink({ path, look, name }: CopyLinkProps) {
  const words = useTranslations('history.link');
  const [state, setState] = useState<'copy' | 'copied' | 'refused'>('copy');
  const { start } = useTimeout(() => setState('copy'), SAID);

  const copy = async (): Promise<void> => {
    const { href } = window.location;
    const copied = await copyText(new URL(typeof path === 'function' ? path() : (path ?? href), href).href);
    setState(copied ? 'copied' : 'refused');
    announce(copied ? words('said', { name }) : words('refused'));
    start();
  };
  const icon = state === 'copied' ? <IconCheck size={17} aria-hidden /> : <IconLink size={17} aria-hidden />;
  if (look === 'button') {
    return (
      <Button variant="default" leftSection={icon} onClick={() => void copy()}>
        {words(state)}
      </Button>
    );
  }
  return (
    <Tooltip label={words(state)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={state === 'copy' ? words('copyOf', { name }) : words(state)}
        onClick={() => void copy()}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
