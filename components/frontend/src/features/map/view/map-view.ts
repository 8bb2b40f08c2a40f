import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { DragPan, defaults as interactions } from 'ol/interaction.js';
import { fromLonLat, toLonLat } from 'ol/proj.js';
import { boundsOf, type Bounds } from '../bounds.ts';
import type { Point } from '../reader/ground.ts';
import { baseLayers, type TileAddress } from './base-layers.ts';
import { mapColours } from './map-colours.ts';
import { PicturesLayer, type MapPicture } from './pictures-layer.ts';
import type { ProductLayer } from './product-layer.ts';
import { ShapesLayer, type Shape } from './shapes-layer.ts';

/** Degrees of the middle, and OpenLayers' zoom. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface MapEvents {
  /** The pointer moved over the map: where, in metres of Web Mercator; undefined when it left. */
  readonly onPointer: (point: Point | undefined) => void;
  /** A click: where, and the shape that lies there. */
  readonly onClick: (point: Point, shape: string | undefined) => void;
  /** The map came to rest. */
  readonly onRest: (place: Place) => void;
}

export interface MapViewOptions {
  readonly target: HTMLElement;
  readonly scale: HTMLElement;
  readonly place: Place | undefined;
  readonly tiles: TileAddress | null;
  readonly events: MapEvents;
}

const WHOLE_WORLD: Place = { lon: 0, lat: 25, zoom: 1.5 };
/** From which zoom on what lies around a place can be seen. */
const PLACE_ZOOM = 12;
/** Milliseconds of the one easing. */
const EASING = 180;

/** OpenLayers, as the page uses it. */
export class MapView {
  readonly #map: OlMap;
  readonly #base: ReturnType<typeof baseLayers>;
  readonly #pictures = new PicturesLayer(15);
  readonly #shapes = new ShapesLayer(20);
  #products: readonly ProductLayer[] = [];

  constructor({ target, scale, place = WHOLE_WORLD, tiles, events }: MapViewOptions) {
    this.#base = baseLayers(tiles);
    this.#map = new OlMap({
      target,
      controls: [new ScaleLine({ target: scale })],
      // The page has keys of its own, and moves without the pointer being still.
      interactions: interactions({
        keyboard: false,
        altShiftDragRotate: false,
        pinchRotate: false,
        dragPan: false,
      }).extend([new DragPan({})]),
      layers: [...this.#base.layers, this.#pictures.layer, this.#shapes.layer],
      view: new View({
        center: fromLonLat([place.lon, place.lat]),
        zoom: place.zoom,
        maxZoom: 22,
        enableRotation: false,
        showFullExtent: true,
      }),
    });
    this.#map.on('pointermove', ({ coordinate, dragging }) => {
      if (!dragging) events.onPointer(coordinate as unknown as Point);
    });
    target.addEventListener('pointerleave', () => events.onPointer(undefined));
    this.#map.on('singleclick', ({ coordinate, pixel }) => {
      const feature = this.#map.forEachFeatureAtPixel(pixel, (found) => found, {
        layerFilter: (layer) => layer === this.#shapes.layer,
        hitTolerance: 6,
      });
      events.onClick(coordinate as unknown as Point, feature?.getId()?.toString());
    });
    this.#map.on('moveend', () => events.onRest(this.place()));
    this.colour();
  }

  /** Takes the colours of the theme anew. */
  colour(): void {
    const target: HTMLElement | null | undefined = this.#map.getTargetElement();
    if (target) this.#base.colour(mapColours(target));
  }

  place(): Place {
    const view = this.#map.getView();
    const [lon = 0, lat = 0] = toLonLat(view.getCenter() ?? [0, 0]);
    return { lon, lat, zoom: view.getZoom() ?? 0 };
  }

  /** The products on the map, the first lowest. */
  showProducts(products: readonly ProductLayer[]): void {
    for (const old of this.#products) if (!products.includes(old)) this.#map.removeLayer(old.layer);
    products.forEach((product, n) => {
      product.layer.setZIndex(10 + n);
      if (!this.#products.includes(product)) this.#map.addLayer(product.layer);
    });
    this.#products = products;
  }

  showPictures(pictures: readonly MapPicture[]): void {
    this.#pictures.show(pictures);
  }

  showShapes(shapes: readonly Shape[]): void {
    this.#shapes.show(shapes);
  }

  /** Moves so that these points fill the map. */
  fit(points: readonly Point[]): void {
    const known = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    const [first] = known;
    if (first === undefined) return;
    if (known.length === 1) {
      const view = this.#map.getView();
      view.setCenter([...first]);
      view.setZoom(Math.max(view.getZoom() ?? 0, PLACE_ZOOM));
      return;
    }
    const [xs, ys] = [known.map(([x]) => x), known.map(([, y]) => y)];
    const extent = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    this.#map.getView().fit(extent, { padding: [32, 32, 56, 32], maxZoom: 19 });
  }

  zoomBy(steps: number): void {
    const view = this.#map.getView();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    view.animate({ zoom: (view.getZoom() ?? 0) + steps, duration: still ? 0 : EASING });
  }

  /** By shares of the map's size. */
  panBy(right: number, down: number): void {
    const view = this.#map.getView();
    const [width = 0, height = 0] = this.#map.getSize() ?? [];
    const [x = 0, y = 0] = view.getCenter() ?? [];
    const resolution = view.getResolution() ?? 1;
    view.setCenter([x + right * width * resolution, y - down * height * resolution]);
  }

  /** Point of the map under a pixel of the stage. */
  pointAt(pixel: readonly [number, number]): Point | undefined {
    // Before the first frame there is none, whatever its type says.
    const point = this.#map.getCoordinateFromPixel([...pixel]) as number[] | null;
    return point ? [point[0] ?? 0, point[1] ?? 0] : undefined;
  }

  pixelAt(point: Point): readonly [number, number] | undefined {
    const pixel = this.#map.getPixelFromCoordinate([...point]) as number[] | null;
    return pixel ? [pixel[0] ?? 0, pixel[1] ?? 0] : undefined;
  }

  size(): readonly [number, number] {
    const [width = 0, height = 0] = this.#map.getSize() ?? [];
    return [width, height];
  }

  /** What is in sight. */
  sight(): Bounds {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = this.#map.getView().calculateExtent(this.#map.getSize());
    return boundsOf([minX, minY], [maxX, maxY]);
  }

  close(): void {
    this.#map.setTarget();
    this.#map.dispose();
  }
}
