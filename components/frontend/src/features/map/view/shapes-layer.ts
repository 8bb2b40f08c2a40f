import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';
import type { Point as MapPoint } from '../reader/ground.ts';

/** Something drawn on the map: an outline, or a point where it has one place only. */
export interface Shape {
  readonly id: string;
  readonly places: readonly MapPoint[];
  readonly stroke: string;
  readonly fill?: string | undefined;
  readonly width?: number | undefined;
  readonly dash?: readonly number[] | undefined;
  readonly words?: string | undefined;
}

/** Outlines and points; a point of the map leads to the id of what lies there. */
export class ShapesLayer {
  readonly layer: VectorLayer;
  readonly #source = new VectorSource();
  #shown = new Map<string, { readonly shape: Shape; readonly feature: Feature }>();

  constructor(zIndex: number) {
    this.layer = new VectorLayer({ source: this.#source, zIndex, updateWhileAnimating: true });
  }

  /** Shows these and nothing else; what did not change is left as it is. */
  show(shapes: readonly Shape[]): void {
    const next = new Map<string, { readonly shape: Shape; readonly feature: Feature }>();
    for (const shape of shapes) {
      const before = this.#shown.get(shape.id);
      if (before && JSON.stringify(before.shape) === JSON.stringify(shape)) {
        next.set(shape.id, before);
        continue;
      }
      if (before) this.#source.removeFeature(before.feature);
      const feature = featureOf(shape);
      this.#source.addFeature(feature);
      next.set(shape.id, { shape, feature });
    }
    for (const [id, { feature }] of this.#shown) if (!next.has(id)) this.#source.removeFeature(feature);
    this.#shown = next;
  }
}

function featureOf({ id, places, stroke, fill, width = 2, dash, words }: Shape): Feature {
  const edge = new Stroke({ color: stroke, width, ...(dash && { lineDash: [...dash] }) });
  // Two-tone, so that an edge can be seen on any picture.
  const halo = new Stroke({ color: 'rgb(255 255 255 / 70%)', width: width + 2 });
  const inside = new Fill({ color: fill ?? 'rgb(0 0 0 / 0%)' });
  const [first] = places;
  const isPoint = places.length === 1 && first !== undefined;
  const feature = new Feature(isPoint ? new Point([...first]) : new Polygon([places.map((place) => [...place])]));
  feature.setId(id);
  const text =
    words === undefined
      ? []
      : [
          new Style({
            text: new Text({
              text: words,
              ...(isPoint ? { textAlign: 'start', offsetX: 12 } : {}),
              font: '600 13px sans-serif',
              overflow: true,
              fill: new Fill({ color: '#000' }),
              stroke: new Stroke({ color: '#fff', width: 3 }),
            }),
          }),
        ];
  feature.setStyle(
    isPoint
      ? [new Style({ image: new Circle({ radius: 7, fill: new Fill({ color: stroke }), stroke: halo }) }), ...text]
      : [new Style({ stroke: halo, fill: inside }), new Style({ stroke: edge }), ...text],
  );
  return feature;
}
