import { TIFF_TYPES, type TiffField } from './tiff-field.ts';

/** What GDAL's readers look for: how the file is laid out. Its length stands in its first line. */
const LAYOUT_LINES = [
  'LAYOUT=IFDS_BEFORE_DATA',
  'BLOCK_ORDER=ROW_MAJOR',
  'BLOCK_LEADER=SIZE_AS_UINT4',
  'BLOCK_TRAILER=LAST_4_BYTES_REPEATED',
  'KNOWN_INCOMPATIBLE_EDITION=NO\n ',
].join('\n');
const GHOST = Buffer.from(
  `GDAL_STRUCTURAL_METADATA_SIZE=${String(LAYOUT_LINES.length).padStart(6, '0')} bytes\n${LAYOUT_LINES}`,
  'latin1',
);
const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;

/** Sizes of the parts of a directory. */
interface Widths {
  readonly head: number;
  readonly count: number;
  readonly entry: number;
  readonly value: number;
}
const CLASSIC: Widths = { head: 8, count: 2, entry: 12, value: 4 };
const BIG: Widths = { head: 16, count: 8, entry: 20, value: 8 };

/**
 * The beginning of a file: header, GDAL's note, the directories with their values, then where the tiles are. Its length
 * depends on the fields' lengths alone.
 *
 * @param directories fields of each level, full size first.
 */
export function writeHeader(directories: readonly (readonly TiffField[])[], isBig: boolean): Uint8Array {
  const widths = isBig ? BIG : CLASSIC;
  const sorted = directories.map((fields) => fields.toSorted((a, b) => a.tag - b.tag));
  const places = placeDirectories(sorted, widths);
  const bytes = new Uint8Array(places.end);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, isBig ? 43 : 42, 0]);
  if (isBig) view.setUint16(4, 8, true);
  writeOffset(view, isBig ? 8 : 4, places.directories[0]!, isBig);
  bytes.set(GHOST, widths.head);
  for (const [index, fields] of sorted.entries()) {
    let at = places.directories[index]!;
    if (isBig) writeOffset(view, at, fields.length, isBig);
    else view.setUint16(at, fields.length, true);
    at += widths.count;
    for (const field of fields) {
      view.setUint16(at, field.tag, true);
      view.setUint16(at + 2, field.type, true);
      writeOffset(view, at + 4, field.count, isBig);
      const value = at + 4 + widths.value;
      const place = places.values.get(field);
      if (place !== undefined) writeOffset(view, value, place, isBig);
      bytes.set(field.bytes, place ?? value);
      at += widths.entry;
    }
    writeOffset(view, at, places.directories[index + 1] ?? 0, isBig);
  }
  return bytes;
}

/** Directories and their short values come first: a reader that fetches little of a huge file has them all. */
function placeDirectories(directories: readonly (readonly TiffField[])[], widths: Widths) {
  const values = new Map<TiffField, number>();
  const starts: number[] = [];
  let end = widths.head + GHOST.length;
  const place = (field: TiffField) => {
    if (field.bytes.length <= widths.value) return;
    const unit = field.type === TIFF_TYPES.double || field.type === TIFF_TYPES.long8 ? 8 : 4;
    end = Math.ceil(end / unit) * unit;
    values.set(field, end);
    end += field.bytes.length;
  };
  for (const fields of directories) {
    end += end % 2;
    starts.push(end);
    end += widths.count + fields.length * widths.entry + widths.value;
    fields.filter((field) => !isAboutTiles(field)).forEach(place);
  }
  for (const fields of directories) fields.filter(isAboutTiles).forEach(place);
  return { directories: starts, values, end };
}

function isAboutTiles({ tag }: TiffField): boolean {
  return tag === TILE_OFFSETS || tag === TILE_BYTE_COUNTS;
}

function writeOffset(view: DataView, at: number, value: number, isBig: boolean): void {
  if (isBig) view.setBigUint64(at, BigInt(value), true);
  else view.setUint32(at, value, true);
}
