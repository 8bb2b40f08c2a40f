import type { Geometry } from 'geojson';
import type { Topology } from 'topojson-specification';
import Collection from 'ol/Collection.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import Graticule from 'ol/layer/Graticule.js';
import type BaseLayer from 'ol/layer/Base.js';
import LayerGroup from 'ol/layer/Group.js';
import TileLayer from 'ol/layer/Tile.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorSource from 'ol/source/Vector.js';
import XYZ from 'ol/source/XYZ.js';
import { Fill, Stroke, Style, Text } from 'ol/style.js';
import { feature } from 'topojson-client';
import coarse from 'world-atlas/land-110m.json?url';
import fine from 'world-atlas/land-50m.json?url';
import { withinTurn } from '../bounds.ts';
import { ReadFailure } from '../reader/read-failure.ts';
import type { MapColours } from './map-colours.ts';
import { unwrapPolygon } from './unwrap-polygon.ts';

/** Tiles of an operator's choice, instead of the land that comes with the page. */
export interface TileAddress {
  /** With `{x}`, `{y}` and `{z}`. */
  readonly url: string;
  readonly attribution: string;
}

/** The land of Natural Earth in two degrees of detail, and the zoom levels between which each is shown. */
const LANDS = [
  { url: coarse, minZoom: -Infinity, maxZoom: 3 },
  { url: fine, minZoom: 3, maxZoom: Infinity },
] as const;

export interface BaseLayers {
  readonly layers: readonly BaseLayer[];
  readonly colour: (colours: MapColours) => void;
}

/** Land and graticule, of files that come with the page; each is fetched when it is first looked at. */
export function baseLayers(tiles: TileAddress | null): BaseLayers {
  const lands = tiles === null ? LANDS.map(landLayer) : [];
  const grid = new LayerGroup();
  const photo = tiles === null ? [] : [new TileLayer({ source: new XYZ({ url: tiles.url }) })];
  return {
    layers: [...photo, ...lands, grid],
    colour(colours) {
      const style = new Style({
        fill: new Fill({ color: colours.land }),
        stroke: new Stroke({ color: colours.coast, width: 1 }),
      });
      for (const land of lands) land.setStyle(style);
      grid.setLayers(new Collection<BaseLayer>([graticule(colours)]));
    },
  };
}

function landLayer({ url, minZoom, maxZoom }: (typeof LANDS)[number]) {
  const format = new GeoJSON({ featureProjection: 'EPSG:3857' });
  const source: VectorSource = new VectorSource({
    loader(_extent, _resolution, _projection, success, failure) {
      readLand(url).then(
        (land) => {
          const features = format.readFeatures(land);
          source.addFeatures(features);
          success?.(features);
        },
        () => failure?.(),
      );
    },
  });
  return new VectorLayer({ source, minZoom, maxZoom });
}

/** The land as one feature for each of its pieces, so that only those in sight are drawn. */
async function readLand(url: string): Promise<object> {
  const topology = (await (await fetch(url)).json()) as Topology;
  const { land } = topology.objects;
  if (!land) throw new ReadFailure('unreadable');
  const read = feature(topology, land);
  const features = 'features' in read ? read.features : [read];
  const pieces = features
    .flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : []))
    .flatMap(unwrapPolygon)
    .map((coordinates): Geometry => ({ type: 'Polygon', coordinates }));
  return {
    type: 'FeatureCollection',
    features: pieces.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  };
}

const degrees = (value: number, [plus, minus]: readonly [string, string]): string => {
  const shown = Math.abs(Math.round(value * 1e4) / 1e4);
  return `${String(shown)}°${shown === 0 ? '' : value > 0 ? plus : minus}`;
};

/** Its words are drawn in copies of the styles that it is made with, so that other colours need another one. */
function graticule(colours: MapColours): Graticule {
  const fill = new Fill({ color: colours.words });
  const stroke = new Stroke({ color: colours.halo, width: 3 });
  const font = '11px sans-serif';
  return new Graticule({
    strokeStyle: new Stroke({ width: 1, color: colours.grid }),
    showLabels: true,
    wrapX: true,
    targetSize: 140,
    lonLabelStyle: new Text({ font, fill, stroke, textBaseline: 'bottom', offsetX: 2 }),
    latLabelPosition: 0,
    latLabelStyle: new Text({ font, fill, stroke, textAlign: 'start', offsetX: 4, offsetY: -6 }),
    lonLabelFormatter: (longitude) => degrees(withinTurn(longitude), ['E', 'W']),
    latLabelFormatter: (latitude) => degrees(latitude, ['N', 'S']),
  });
}
