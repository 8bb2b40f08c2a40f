import type { Region, Size } from '@tessera/contracts';
import { useState, type CSSProperties } from 'react';
import { useTranslations } from 'use-intl';
import { API } from '../../api/request.ts';
import styles from './region-thumbnail.module.css';

interface RegionThumbnailProps {
  readonly image: string;
  readonly name: string;
  readonly picture: Size;
  /** The part that is marked; `null`: all of it. */
  readonly region: Region | null;
}

const SIDE = 256;

/** A small picture with one of its regions marked. Where there is no picture the region is still shown in its place. */
export function RegionThumbnail({ image, name, picture, region }: RegionThumbnailProps) {
  const words = useTranslations('ops');
  const [missing, setMissing] = useState(false);
  const percent = (part: number, whole: number): string => `${String((100 * part) / whole)}%`;
  const place: CSSProperties | undefined =
    region === null
      ? undefined
      : {
          left: percent(region.x, picture.width),
          top: percent(region.y, picture.height),
          width: percent(region.width, picture.width),
          height: percent(region.height, picture.height),
        };
  return (
    // Pictures never mirror.
    <div
      className={styles.frame}
      dir="ltr"
      role="img"
      aria-label={words(region === null ? 'dead.pictureOf' : 'dead.pictureWithRegion', { name })}
      style={{ aspectRatio: `${String(picture.width)} / ${String(picture.height)}` }}
    >
      {!missing && (
        <img
          src={`${API}/images/${encodeURIComponent(image)}/thumbnail?side=${String(SIDE)}`}
          alt=""
          loading="lazy"
          onError={() => setMissing(true)}
        />
      )}
      <span className={styles.region} style={place} data-whole={region === null || undefined} />
    </div>
  );
}
