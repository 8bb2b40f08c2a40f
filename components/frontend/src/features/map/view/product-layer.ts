import TileLayer from 'ol/layer/Tile.js';
import { getRenderPixel } from 'ol/render.js';
import type RenderEvent from 'ol/render/Event.js';
import ImageTileSource from 'ol/source/ImageTile.js';
import { createXYZ } from 'ol/tilegrid.js';
import type { MapReader } from '../reader/map-reader.ts';
import type { TileLook } from '../reader/tile-look.ts';

const SIDE = 256;
/** Beyond it the pixels of any raster are large enough to be seen. */
const MAX_ZOOM = 24;

/** Tiles that are made anew when their colours change; those of before stay until the new ones are there. */
class ColouredTiles extends ImageTileSource {
  renew(key: string): void {
    this.setKey(key);
  }
}

/** Which part of the map a product is shown on: all of it, or what lies on one side of the swipe's handle. */
export interface Side {
  readonly side: 'left' | 'right';
  /** Where the handle stands: percent of the map from its left. */
  readonly position: number;
}

/** A raster on the map, as tiles that the reader makes of its file. */
export class ProductLayer {
  readonly layer: TileLayer<ColouredTiles>;
  readonly #source: ColouredTiles;
  #look: TileLook;
  #side: Side | undefined;

  /** @param density pixels of the screen for each of the page's. */
  constructor(reader: MapReader, url: string, look: TileLook, density: number) {
    this.#look = look;
    const pixels = SIDE * Math.min(2, Math.ceil(density));
    this.#source = new ColouredTiles({
      tileGrid: createXYZ({ tileSize: SIDE, maxZoom: MAX_ZOOM }),
      tileSize: pixels,
      transition: 0,
      wrapX: true,
      loader: async (z, x, y) =>
        (await reader.ask('tile', { url, tile: { z, x, y, pixels }, look: this.#look })) ?? emptyTile(),
    });
    this.layer = new TileLayer({ source: this.#source, className: 'tessera-product' });
    this.layer.on('prerender', this.#clip);
    this.layer.on('postrender', this.#unclip);
  }

  setLook(look: TileLook): void {
    if (JSON.stringify(look) === JSON.stringify(this.#look)) return;
    this.#look = look;
    this.#source.renew(JSON.stringify(look));
  }

  setSide(side: Side | undefined): void {
    this.#side = side;
    this.layer.changed();
  }

  readonly #clip = (event: RenderEvent): void => {
    const { context, frameState } = event;
    if (!this.#side || !frameState || !(context instanceof CanvasRenderingContext2D)) return;
    const [width, height] = frameState.size as [number, number];
    const handle = (width * this.#side.position) / 100;
    const [from, to] = this.#side.side === 'left' ? [0, handle] : [handle, width];
    const corners = [
      [from, 0],
      [to, 0],
      [to, height],
      [from, height],
    ].map((corner) => getRenderPixel(event, corner));
    context.save();
    context.beginPath();
    for (const [n, [x = 0, y = 0]] of corners.entries()) {
      if (n === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
    context.clip();
  };

  readonly #unclip = ({ context }: RenderEvent): void => {
    if (this.#side && context instanceof CanvasRenderingContext2D) context.restore();
  };
}

let empty: HTMLCanvasElement | undefined;
const emptyTile = (): HTMLCanvasElement => (empty ??= document.createElement('canvas'));
