import proj4 from 'proj4';

/** Systems that proj4 does not know by itself, as PROJ has them. Those of ETRS89 and NAD83 are taken for WGS 84's. */
const NAMED: Readonly<Record<number, string>> = {
  2154: '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3006: '+proj=utm +zone=33 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3031: '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m',
  3034: '+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3035: '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3413: '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m',
  3577: '+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  4258: '+proj=longlat +ellps=GRS80 +towgs84=0,0,0',
  5070: '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  6933: '+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m',
};

/** What proj4 is to be told of an EPSG code; `undefined` for systems that are not known here. */
export function definitionOf(epsg: number): string | undefined {
  const named = NAMED[epsg];
  if (named !== undefined) return named;
  const etrs = epsg - 25_800;
  if (etrs >= 28 && etrs <= 38) return utm(etrs);
  const nad = epsg - 26_900;
  if (nad >= 1 && nad <= 23) return utm(nad);
  const name = `EPSG:${String(epsg)}`;
  return (proj4.defs(name) as unknown) === undefined ? undefined : name;
}

const utm = (zone: number): string => `+proj=utm +zone=${String(zone)} +ellps=GRS80 +towgs84=0,0,0 +units=m`;
