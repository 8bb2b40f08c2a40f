import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconDownload, IconRefresh, IconRepeat, IconTrash, IconX } from '@tabler/icons-react';
import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { CopyLink } from './copy-link.tsx';
import styles from './history.module.css';
import type { useJobCalls } from './use-job-calls.ts';

export interface JobMenuProps {
  readonly job: JobDto;
  readonly calls: ReturnType<typeof useJobCalls>;
  readonly onDelete: () => void;
}

/** What can be done with one job of a list. */
export function JobMenu({ job, calls, onDelete }: JobMenuProps) {
  const words = useTranslations('history.actions');
  const { name } = job.image;
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
      <CopyLink look="icon" name={name} path={`/jobs/${job.id}`} />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={words('more', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {open ? (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => calls.cancel.mutate(job)}>
              {words('cancel')}
            </Menu.Item>
          ) : (
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
