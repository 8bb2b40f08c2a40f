import type { ImageDto, Region, Size } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { thumbnailUrl, tileUrl, useZoom } from '../../../api/zoom.ts';
import { Layer } from './layer.tsx';
import type { View } from './view.ts';
import { visibleTiles } from './visible-tiles.ts';

/** Side of the small picture of the whole image that lies under everything. */
const SMALL = 1024;

interface BeforeLayersProps {
  readonly image: ImageDto;
  /** The picture that the tray made, until the server has one. */
  readonly thumbnail: string | undefined;
  readonly visible: Region;
  readonly view: View;
  readonly stage: Size;
}

/** The image as it is: all of it at once and coarse, then the part that is looked at as fine as the screen. */
export function BeforeLayers({ image, thumbnail, visible, view, stage }: BeforeLayersProps) {
  const words = useTranslations('pipeline.preview');
  const source = { kind: 'image', id: image.id } as const;
  const screen = view.scale * window.devicePixelRatio;
  const isSmallEnough = Math.max(image.width, image.height) * screen <= SMALL;
  const zoom = useZoom(source, !isSmallEnough).data;
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const tiles = zoom?.state === 'ready' && !isSmallEnough ? visibleTiles(zoom, visible, screen) : [];
  const at = { view, stage };
  return (
    <>
      {thumbnail && <Layer url={thumbnail} region={whole} alt="" {...at} />}
      <Layer
        url={thumbnailUrl(source, SMALL)}
        region={whole}
        alt={words('image', { side: words('before'), name: image.name })}
        {...at}
      />
      {tiles.map(({ level, column, row, region }) => (
        <Layer
          key={`${String(level)}/${String(column)}/${String(row)}`}
          url={tileUrl(source, level, column, row)}
          region={region}
          alt=""
          {...at}
        />
      ))}
    </>
  );
}
