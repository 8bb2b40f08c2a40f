import { IconMap, IconPhoto } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { thumbnailUrl } from '../../api/zoom.ts';
import type { KeptPictures } from './kept-pictures.ts';
import styles from './tray.module.css';
import type { UploadItem } from './upload-item.ts';

/** Pixels of the longest side of a picture that the server draws. */
const SIDE = 256;

/** What browsers do not draw. */
const KINDS: Partial<Record<string, string>> = { tiff: 'TIFF', raster: 'JP2' };

interface ThumbnailProps {
  readonly item: UploadItem;
  readonly pictures: KeptPictures;
}

/** The picture of a file: this browser's, else the server's once it has the image; until then, what it is. */
export function Thumbnail({ item, pictures }: ThumbnailProps) {
  const { id, thumbnail, undrawn, image, facts } = item;
  const [broken, setBroken] = useState<string>();
  const place = useRef<HTMLSpanElement>(null);
  const drawn =
    undrawn && image && image.format !== 'raster' ? thumbnailUrl({ kind: 'image', id: image.id }, SIDE) : undefined;
  const source = thumbnail ?? drawn;
  const shown = source === broken ? undefined : source;
  const kind = facts && KINDS[facts.format];

  useLayoutEffect(() => {
    if (shown === undefined) return;
    const picture = pictures.show(id, shown);
    const note = (): void => setBroken(shown);
    picture.addEventListener('error', note);
    if (picture.complete && picture.naturalWidth === 0) note();
    place.current?.append(picture);
    return () => {
      picture.removeEventListener('error', note);
      picture.remove();
    };
  }, [id, shown, pictures]);

  if (shown !== undefined) return <span key="picture" className={styles.thumb} ref={place} />;
  return (
    <span key="kind" className={styles.thumb}>
      {kind === undefined ? (
        <IconPhoto size={20} stroke={1.4} aria-hidden />
      ) : (
        <span className={styles.kind} aria-hidden>
          <IconMap size={18} stroke={1.4} />
          {kind}
        </span>
      )}
    </span>
  );
}
