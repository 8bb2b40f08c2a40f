import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconRosetteDiscountCheck, IconRotateClockwise } from '@tabler/icons-react';
import type { JobResult } from '@tessera/contracts';
import { formatBytes } from '../../format/bytes.ts';
import { formatMegapixels, formatSize, shortenHash } from '../../format/pixels.ts';
import styles from './result-facts.module.css';

/** Size, bytes and digest of a result, and what is known of how it came about. */
export function ResultFacts({ result }: { readonly result: JobResult }) {
  const { width, height, bytes, format, pixelDigest, verified, reused } = result;
  return (
    <div className={styles.facts}>
      <p className={styles.figures}>
        <bdi>{formatSize(width, height)}</bdi> · {formatMegapixels(width, height)} · {formatBytes(bytes)}{' '}
        {format.toUpperCase()}
      </p>
      <p className={styles.digest}>
        <span>Pixel digest</span>
        <code title={pixelDigest}>{shortenHash(pixelDigest)}</code>
        <CopyButton value={pixelDigest}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy the whole digest'}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={copied ? 'Copied' : 'Copy the pixel digest'}
                onClick={copy}
              >
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </p>
      {(verified || reused) && (
        <ul className={styles.marks}>
          {verified && (
            <li title="An unsplit run gave the same pixels" data-mark="verified">
              <IconRosetteDiscountCheck size={15} aria-hidden /> Verified
            </li>
          )}
          {reused && (
            <li title="Taken from an equal job that was finished before">
              <IconRotateClockwise size={15} aria-hidden /> Reused
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
