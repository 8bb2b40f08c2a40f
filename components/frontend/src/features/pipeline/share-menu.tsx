import '../../theme/mantine-overlays.css';
import { ActionIcon, Menu } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { IconBookmark, IconLink, IconShare2, IconTerminal2, IconTrash } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { SaveDialog } from './builder-parts.ts';
import { commandOf } from './command-of.ts';
import { copyText } from '../history/copy-text.ts';
import { searchOfDraft } from './draft-search.ts';
import { useDraft } from './use-draft.ts';

/** More files than this are not named in a command. */
const MOST_FILES = 20;

/** Ways to take the pipeline along: as a link, as a command, under a name. */
export function ShareMenu({ files }: { readonly files: readonly string[] }) {
  const words = useTranslations('pipeline');
  const router = useRouter();
  const { draft, change } = useDraft();
  const [said, setSaid] = useState<string>();
  const [saving, setSaving] = useState(false);

  const copy = async (text: string, sentence: string): Promise<void> => {
    const copied = await copyText(text);
    announce(copied ? sentence : words('copyFailed'), 'copy');
    setSaid(words(copied ? 'copied' : 'copyFailed'));
    setTimeout(() => setSaid(undefined), 2500);
  };
  const copyLink = (): Promise<void> => {
    const { href } = router.buildLocation({ to: '/', search: searchOfDraft(draft) });
    return copy(new URL(href, window.location.origin).href, words('linkCopied'));
  };
  const copyCommand = (): Promise<void> => {
    const named = files.length <= MOST_FILES ? files : [];
    return copy(commandOf(draft, named, window.location.origin), words('commandCopied'));
  };

  return (
    <>
      {said && <small aria-hidden>{said}</small>}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words('share')} title={words('share')}>
            <IconShare2 size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={15} />} onClick={() => void copyLink()}>
            {words('copyLink')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTerminal2 size={15} />} onClick={() => void copyCommand()}>
            {words('copyCommand')}
          </Menu.Item>
          <Menu.Item leftSection={<IconBookmark size={15} />} onClick={() => setSaving(true)}>
            {words('keep')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size={15} />}
            disabled={draft.steps.length === 0}
            onClick={() => change({ type: 'load', steps: [] })}
          >
            {words('clear')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <Suspense>
          <SaveDialog onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </>
  );
}
