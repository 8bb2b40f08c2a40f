import { IconGridDots, IconPhoto } from '@tabler/icons-react';
import type { JobDto } from '@tessera/contracts';
import { useState } from 'react';
import { thumbnailUrl, type ZoomSource } from '../../api/zoom.ts';
import styles from './job-thumbnail.module.css';

/** Of the thumbnails, in pixels. */
const HEIGHTS = { small: 56, large: 168 } as const;

/** A small picture of a job: its result, or its source; where it failed the region that could not be made is framed. */
export function JobThumbnail({ job, side }: { readonly job: JobDto; readonly side: 'small' | 'large' }) {
  const [broken, setBroken] = useState<string>();
  const { output, error, result, product } = job;
  const source = pictureOf(job);
  const url = source && thumbnailUrl(source, 256);
  const Icon = product ? IconGridDots : IconPhoto;
  const region = error?.region;
  return (
    <span className={styles.thumbnail} data-side={side} data-dimmed={!result || undefined} dir="ltr">
      {url === undefined || broken === url ? (
        <Icon size={22} stroke={1.3} aria-hidden />
      ) : (
        <span
          className={styles.picture}
          style={{
            aspectRatio: `${output.width} / ${output.height}`,
            width: `min(100%, ${HEIGHTS[side] * (output.width / output.height)}px)`,
          }}
        >
          <img src={url} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(url)} />
          {region && (
            <span
              className={styles.region}
              style={{
                left: `${(region.x / output.width) * 100}%`,
                top: `${(region.y / output.height) * 100}%`,
                width: `${(region.width / output.width) * 100}%`,
                height: `${(region.height / output.height) * 100}%`,
              }}
            />
          )}
        </span>
      )}
    </span>
  );
}

/** What is shown of a job: its result, or its source; nothing of a product that has no picture. */
function pictureOf({ id, result, image, product }: JobDto): ZoomSource | undefined {
  if (result) return product?.viewable === false ? undefined : { kind: 'job', id };
  return product ? undefined : { kind: 'image', id: image.id };
}
