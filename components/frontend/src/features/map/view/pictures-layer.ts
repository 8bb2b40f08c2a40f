import ImageLayer from 'ol/layer/Image.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import type { Point } from '../reader/ground.ts';
import { WORLD } from '../reader/world.ts';
import { drawWarped, type Corners, type Spot } from './draw-warped.ts';

/** A picture on the map: its corners upper left, upper right, lower right, lower left, in metres of Web Mercator. */
export interface MapPicture {
  readonly url: string;
  readonly corners: readonly [Point, Point, Point, Point];
}

/** Pictures that people put on the map, each stretched to its corners; those out of sight are not fetched. */
export class PicturesLayer {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #source: ImageCanvasSource;
  readonly #images = new Map<string, HTMLImageElement>();
  #shown: readonly MapPicture[] = [];

  constructor(zIndex: number) {
    this.#source = new ImageCanvasSource({
      ratio: 1,
      canvasFunction: (extent, resolution, pixelRatio, size) => {
        const [west = 0, , , north = 0] = extent;
        const toSpot = ([x, y]: Point): Spot => [
          ((x - west) / resolution) * pixelRatio,
          ((north - y) / resolution) * pixelRatio,
        ];
        return this.#draw(size[0] ?? 1, size[1] ?? 1, toSpot, (2 * WORLD * pixelRatio) / resolution);
      },
    });
    this.layer = new ImageLayer({ source: this.#source, zIndex });
  }

  show(pictures: readonly MapPicture[]): void {
    this.#shown = pictures;
    const urls = new Set(pictures.map(({ url }) => url));
    for (const url of this.#images.keys()) if (!urls.has(url)) this.#images.delete(url);
    this.#source.changed();
  }

  #draw(width: number, height: number, toSpot: (point: Point) => Spot, world: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(width), Math.round(height)];
    const context = canvas.getContext('2d');
    for (const { url, corners } of context ? this.#shown : []) {
      const [a, b, c, d] = corners;
      const spots: Corners = [toSpot(a), toSpot(b), toSpot(c), toSpot(d)];
      for (const by of [-world, 0, world]) {
        const moved = spots.map(([x, y]): Spot => [x + by, y]) as unknown as Corners;
        const [xs, ys] = [moved.map(([x]) => x), moved.map(([, y]) => y)];
        const isSeen =
          Math.max(...xs) > 0 && Math.min(...xs) < width && Math.max(...ys) > 0 && Math.min(...ys) < height;
        const image = isSeen ? this.#image(url) : undefined;
        if (!context || !image?.complete || image.naturalWidth === 0) continue;
        drawWarped(context, { source: image, width: image.naturalWidth, height: image.naturalHeight }, moved);
      }
    }
    return canvas;
  }

  #image(url: string): HTMLImageElement {
    const found = this.#images.get(url);
    if (found) return found;
    const image = new Image();
    this.#images.set(url, image);
    image.addEventListener('load', () => this.#source.changed());
    image.src = url;
    return image;
  }
}
