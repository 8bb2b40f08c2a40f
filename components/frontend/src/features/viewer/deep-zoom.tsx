import { Button } from '@mantine/core';
import type { Region, Size, ZoomDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { thumbnailUrl, useZoom, type ZoomSource } from '../../api/zoom.ts';
import { Bar } from '../../app/bar.tsx';
import styles from './deep-zoom.module.css';
import type { Surround } from './surround.ts';
import type { Viewport } from './viewport.ts';
import { ZoomStage } from './zoom-stage.tsx';
import type { ZoomGroup } from './zoom-group.ts';

export interface DeepZoomProps {
  readonly source: ZoomSource;
  /** Name of the picture, for those who can't see it. */
  readonly label: string;
  /** What is shown, for example from the address; undefined: the whole picture. */
  readonly viewport?: Viewport | undefined;
  /** Told when the view came to rest after the visitor moved it; undefined: the whole picture. */
  readonly onViewport?: ((viewport: Viewport | undefined) => void) | undefined;
  /** Told of the view that the visitor moves to, before it is reached; undefined: the whole picture. */
  readonly onAim?: ((viewport: Viewport | undefined) => void) | undefined;
  /** Told of the part that is to be seen and the size of the stage in CSS pixels, whenever the view comes to rest. */
  readonly onVisible?: ((region: Region, stage: Size) => void) | undefined;
  /** Moves together with the other stages of the group. */
  readonly group?: ZoomGroup | undefined;
  /** A picture over a region of this one, for example a preview of it; the old one stays until the new one is here. */
  readonly overlay?: { readonly region: Region; readonly url: string } | undefined;
  readonly surround?: Surround | undefined;
  /** Without buttons where another stage of the group has them. */
  readonly controls?: boolean | undefined;
}

/** A picture of any size, to be moved and enlarged; only the tiles in view are fetched. */
export function DeepZoom(props: DeepZoomProps) {
  const { source, label, surround = 'auto' } = props;
  const zoom = useZoom(source);
  return (
    <div className={styles.frame} data-surround={surround}>
      {zoom.data?.state === 'ready' ? (
        <ZoomStage key={`${source.kind}/${source.id}`} {...props} zoom={zoom.data} />
      ) : (
        <Waiting
          source={source}
          label={label}
          zoom={zoom.data}
          failed={zoom.isError}
          onAgain={() => void zoom.refetch()}
        />
      )}
    </div>
  );
}

interface WaitingProps {
  readonly source: ZoomSource;
  readonly label: string;
  readonly zoom: ZoomDto | undefined;
  readonly failed: boolean;
  readonly onAgain: () => void;
}

/** The thumbnail with a bar under it while the levels are being made. */
function Waiting({ source, label, zoom, failed, onAgain }: WaitingProps) {
  const words = useTranslations('viewer');
  return (
    <div className={styles.waiting} dir="ltr">
      <img className={styles.poster} src={thumbnailUrl(source, 512)} alt={label} />
      <div className={styles.progress}>
        <p dir="auto">{failed ? words('failed') : words('preparing')}</p>
        {failed ? (
          <Button size="compact-sm" onClick={onAgain}>
            {words('again')}
          </Button>
        ) : (
          <Bar label={words('preparingOf', { name: label })} share={zoom?.share} />
        )}
      </div>
    </div>
  );
}
