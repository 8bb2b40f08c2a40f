import { IconMap, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { thumbnailUrl } from '../../api/zoom.ts';
import styles from './tray.module.css';
import type { UploadItem } from './upload-item.ts';

/** Pixels of the longest side of a picture that the server draws. */
const SIDE = 256;

/** What browsers do not draw. */
const KINDS: Partial<Record<string, string>> = { tiff: 'TIFF', raster: 'JP2' };

/** The picture of a file: this browser's, else the server's once it has the image; until then, what it is. */
export function Thumbnail({ item: { thumbnail, undrawn, image, facts } }: { readonly item: UploadItem }) {
  const [broken, setBroken] = useState<string>();
  const drawn =
    undrawn && image && image.format !== 'raster' ? thumbnailUrl({ kind: 'image', id: image.id }, SIDE) : undefined;
  const source = thumbnail ?? drawn;
  const shown = source !== undefined && source !== broken;
  const kind = facts && KINDS[facts.format];
  return (
    <span className={styles.thumb}>
      {shown && <img src={source} alt="" decoding="async" draggable={false} onError={() => setBroken(source)} />}
      {!shown && kind !== undefined && (
        <span className={styles.kind} aria-hidden>
          <IconMap size={18} stroke={1.4} />
          {kind}
        </span>
      )}
      {!shown && kind === undefined && <IconPhoto size={20} stroke={1.4} aria-hidden />}
    </span>
  );
}
