import { ActionIcon, Modal, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsMaximize } from '@tabler/icons-react';
import type { JobDto, JobResult } from '@tessera/contracts';
import { Compare } from './compare.tsx';
import { PictureStage } from './picture-stage.tsx';
import styles from './result-picture.module.css';
import { mayShowSource, whyNotInline } from './show-inline.ts';

interface ResultPictureProps {
  readonly job: JobDto;
  readonly result: JobResult;
  readonly thumbnail: string | undefined;
}

/** The result over the original, or why it can't be shown here. */
export function ResultPicture({ job, result, thumbnail }: ResultPictureProps) {
  const [enlarged, { open, close }] = useDisclosure(false);
  const { name, url } = job.image;
  const { width, height } = result;
  const reason = whyNotInline(job);
  const original = mayShowSource(job) ? url : thumbnail;

  if (reason) {
    return (
      <PictureStage
        width={job.output.width}
        height={job.output.height}
        footer={<p className={styles.reason}>{reason} Download it to open it.</p>}
      >
        {original && (
          <img className={styles.dimmed} src={thumbnail ?? original} alt={`Original of ${name}`} loading="lazy" />
        )}
      </PictureStage>
    );
  }
  const compare = (
    <Compare
      name={name}
      original={original}
      fallback={thumbnail}
      result={result.url}
      transparent={result.channels % 2 === 0}
    />
  );
  return (
    <div className={styles.result}>
      <PictureStage width={width} height={height}>
        {compare}
      </PictureStage>
      <Tooltip label="Enlarge">
        <ActionIcon
          className={styles.enlarge}
          variant="default"
          size="lg"
          aria-label={`Enlarge ${name}`}
          onClick={open}
        >
          <IconArrowsMaximize size={17} />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={enlarged}
        onClose={close}
        title={<strong>{name}</strong>}
        fullScreen
        transitionProps={{ transition: 'fade', duration: 150 }}
      >
        <PictureStage large width={width} height={height}>
          {compare}
        </PictureStage>
      </Modal>
    </div>
  );
}
