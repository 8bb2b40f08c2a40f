/** What PROJ knows of codes that imagery comes in; the definitions of EPSG in PROJ's words. */
const DEFINITIONS: Readonly<Record<number, string>> = {
  4326: '+proj=longlat +datum=WGS84 +no_defs',
  4258: '+proj=longlat +ellps=GRS80 +no_defs',
  4269: '+proj=longlat +datum=NAD83 +no_defs',
  3857: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
  3035: '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs',
  3413: '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
  3031: '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
  3006: '+proj=utm +zone=33 +ellps=GRS80 +units=m +no_defs',
  2154: '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs',
  3577: '+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs',
  5070: '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +datum=NAD83 +units=m +no_defs',
  6933: '+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs',
};

/** Families of zones of UTM: the code before the first zone, how many there are, and the rest of the definition. */
const ZONES = [
  { before: 32_600, zones: 60, rest: '+datum=WGS84' },
  { before: 32_700, zones: 60, rest: '+south +datum=WGS84' },
  { before: 25_800, zones: 60, rest: '+ellps=GRS80' },
  { before: 26_900, zones: 23, rest: '+datum=NAD83' },
] as const;

/** The definition of an EPSG code; undefined for codes that the map does not know. */
export function projectionDefinition(epsg: number): string | undefined {
  const family = ZONES.find(({ before, zones }) => epsg > before && epsg <= before + zones);
  if (family) return `+proj=utm +zone=${String(epsg - family.before)} ${family.rest} +units=m +no_defs`;
  return DEFINITIONS[epsg];
}
