import '../../theme/mantine-overlays.css';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconDots,
  IconDownload,
  IconLink,
  IconRefresh,
  IconRepeat,
  IconStack2,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { CopyLink } from './copy-link.tsx';
import { copyText } from './copy-text.ts';
import styles from './history.module.css';
import { searchOfPipeline } from '../pipeline/draft-search.ts';
import { outputRequestOf } from './job-request-of.ts';
import type { useJobCalls } from './use-job-calls.ts';

export interface JobMenuProps {
  readonly job: JobDto;
  readonly calls: ReturnType<typeof useJobCalls>;
  readonly onDelete: () => void;
}

/** What can be done with one job of a list. */
export function JobMenu({ job, calls, onDelete, compact = false }: JobMenuProps & { readonly compact?: boolean }) {
  const words = useTranslations('history.actions');
  const { name } = job.image;
  const links = useTranslations('history.link');
  const path = `/jobs/${job.id}`;
  const copyLink = async (): Promise<void> => {
    const copied = await copyText(new URL(path, window.location.href).href);
    announce(copied ? links('said', { name }) : links('refused'));
  };
  const open = job.state === 'queued' || job.state === 'running';
  return (
    <div className={styles.actions}>
      {job.state === 'failed' && (
        <Tooltip label={words('tryAgain')}>
          <ActionIcon
            variant="light"
            size={32}
            aria-label={words('tryAgainOf', { name })}
            loading={calls.redrive.isPending && calls.redrive.variables.id === job.id}
            onClick={() => calls.redrive.mutate(job)}
          >
            <IconRefresh size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {!compact && (
        <span className={styles.wide}>
          {job.result && (
            <Tooltip label={words('download')}>
              <ActionIcon
                component="a"
                href={job.result.url}
                download
                variant="subtle"
                color="gray"
                size={32}
                aria-label={words('downloadOf', { name })}
              >
                <IconDownload size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <CopyLink look="icon" name={name} path={path} />
        </span>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={words('more', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {job.result && (
            <Menu.Item
              className={compact ? undefined : styles.narrow}
              component="a"
              href={job.result.url}
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {words('download')}
            </Menu.Item>
          )}
          <Menu.Item
            className={compact ? undefined : styles.narrow}
            leftSection={<IconLink size={16} aria-hidden />}
            onClick={() => void copyLink()}
          >
            {links('copy')}
          </Menu.Item>
          {!job.product && (
            <Menu.Item
              leftSection={<IconStack2 size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link {...props} to="/" search={searchOfPipeline(job.pipeline, outputRequestOf(job))} />
              )}
            >
              {words('usePipeline')}
            </Menu.Item>
          )}
          {open && (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => calls.cancel.mutate(job)}>
              {words('cancel')}
            </Menu.Item>
          )}
          {!open && !job.product && (
            <Menu.Item leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => calls.again.mutate([job])}>
              {words('runAgain')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
            {words('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
