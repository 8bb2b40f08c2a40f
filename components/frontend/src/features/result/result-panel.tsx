import { Button } from '@mantine/core';
import {
  IconDownload,
  IconMap2,
  IconPlayerPlay,
  IconRepeat,
  IconRosetteDiscountCheck,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { JobDto, JobResult } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import { BatchLink } from '../batch/batch-link.tsx';
import { CopyLink } from '../history/copy-link.tsx';
import { JobState } from '../history/job-state.tsx';
import { useJobCalls } from '../history/use-job-calls.ts';
import { outputRequestOf } from '../history/job-request-of.ts';
import { searchOfPipeline } from '../pipeline/draft-search.ts';
import { Deliveries } from '../deliveries/deliveries.tsx';
import { Digest } from './digest.tsx';
import { FilesLink } from './files-link.tsx';
import { ProductDownloads } from './product-downloads.tsx';
import { ProductRows } from './product-rows.tsx';
import styles from './result-panel.module.css';
import { useOwn } from './use-own.ts';
import { WhatWasDone } from './what-was-done.tsx';

interface ResultPanelProps {
  readonly job: JobDto;
  readonly result: JobResult;
  /** Path of what is seen of it. */
  readonly link: () => string;
}

/** What can be done with a result, and what is known of it. */
export function ResultPanel({ job, result, link }: ResultPanelProps) {
  const words = useTranslations('result.panel');
  const products = useTranslations('result.product');
  const formats = useFormats();
  const navigate = useNavigate();
  const { deletions } = useParts();
  const { again } = useJobCalls();
  const own = useOwn(job);
  const { product } = job;
  const { name } = job.image;
  const format = product ? 'GeoTIFF' : result.format.toUpperCase();
  const { files } = result;

  const remove = (): void => {
    deletions.add([job], window.location.pathname + window.location.search);
    announce(words('deleted', { name }));
    void navigate({ to: '/history' });
  };
  const runAgain = async (): Promise<void> => {
    const [made] = await again.mutateAsync([job]);
    if (made) await navigate({ to: '/jobs/$job', params: { job: made.id } });
  };

  return (
    <aside className={styles.panel} aria-label={words('name')}>
      <div>
        <BatchLink job={job} />
        <h2 className={styles.name}>
          <bdi>{name}</bdi>
        </h2>
        <JobState job={job} />
      </div>
      <Button
        className={styles.download}
        component="a"
        href={result.url}
        download
        size="md"
        leftSection={<IconDownload size={19} aria-hidden />}
      >
        {words('download', { format: files ? 'ZIP' : format, bytes: formats.bytes(result.bytes) })}
      </Button>
      {files && <FilesLink files={files} />}
      {product && <ProductDownloads companions={result.companions} />}
      <div className={styles.actions}>
        {typeof product?.epsg === 'number' && (
          <Button
            variant="default"
            leftSection={<IconMap2 size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/map" search={{ product: job.id }} />}
          >
            {words('onMap')}
          </Button>
        )}
        <CopyLink look="button" name={name} path={link} />
        {!product && (
          <>
            <Button
              variant="default"
              leftSection={<IconRepeat size={17} aria-hidden />}
              loading={again.isPending}
              onClick={() => void runAgain()}
            >
              {words('again')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconStack2 size={17} aria-hidden />}
              renderRoot={(props) => (
                <Link {...props} to="/" search={searchOfPipeline(job.pipeline, outputRequestOf(job))} />
              )}
            >
              {words('usePipeline')}
            </Button>
          </>
        )}
        {job.stages.some(({ tasks }) => tasks > 1) && !result.reused && (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/jobs/$job" params={{ job: job.id }} search={{ t: 0 }} />}
          >
            {words('replay')}
          </Button>
        )}
      </div>
      {result.verified && (
        <p className={styles.verified}>
          <IconRosetteDiscountCheck size={20} aria-hidden />
          <span>
            <strong>{words('verified')}</strong> {words('verifiedAbout')}
          </span>
        </p>
      )}
      <dl className={styles.facts}>
        <dt>{words('size')}</dt>
        <dd>
          {formats.size(result.width, result.height)} · {formats.megapixels(result.width, result.height)}
        </dd>
        <dt>{words('file')}</dt>
        <dd>
          {product ? (
            <>{products('file', { compression: products(`compression.${product.compression}`) })}</>
          ) : (
            <>
              <bdi>{format}</bdi> · {formats.bytes(result.bytes)} · {words('channels', { count: result.channels })}
              {result.depth === 16 && <> · {words('deep')}</>}
              {files && <> · {words('files', { count: files.count })}</>}
            </>
          )}
        </dd>
        {product && <ProductRows product={product} />}
        <dt>{words('digest')}</dt>
        <dd>
          <Digest digest={result.pixelDigest} />
        </dd>
        {job.expiresAt !== undefined && (
          <>
            <dt>{words('kept')}</dt>
            <dd>{formats.dateTime(new Date(job.expiresAt))}</dd>
          </>
        )}
      </dl>
      <WhatWasDone job={job} />
      {own && <Deliveries job={job} />}
      {own && (
        <Button
          variant="subtle"
          color="red"
          size="compact-md"
          className={styles.delete}
          leftSection={<IconTrash size={17} aria-hidden />}
          onClick={remove}
        >
          {words('delete')}
        </Button>
      )}
    </aside>
  );
}
