import { createRequire } from 'node:module';
import type { Raster, TextMark } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import { sharp } from '../sharp.ts';

/** The one font that texts are set in: IBM Plex Sans Arabic, which has Latin and Arabic letters (SIL Open Font License 1.1). */
const FONT = 'IBM Plex Sans Arabic';
const FONT_FILE = '@expo-google-fonts/ibm-plex-sans-arabic/500Medium/IBMPlexSansArabic_500Medium.ttf';

/** Most pixels that a text may have. */
export const MOST_TEXT_PIXELS = 16_000_000;
/** Cairo draws nothing that is wider or higher. */
const LONGEST_SIDE = 32_000;

/**
 * Sets a text in one line: a raster of one channel that tells how much of each pixel it covers, turned by its angle. The
 * text is plain: whatever looks like markup is set as it stands.
 *
 * @throws AppError INVALID_PIPELINE for one that would be too large, or that has nothing to be seen.
 */
export async function renderText({ text, height, angle }: TextMark): Promise<Raster> {
  if (isTooLarge(text, height)) throw tooLarge();
  const fontfile = createRequire(import.meta.url).resolve(FONT_FILE);
  const set = sharp({ text: { text: escapeMarkup(text), font: `${FONT} ${String(height)}`, fontfile, dpi: 72 } });
  const line = await set.extractChannel(0).raw().toBuffer({ resolveWithObject: true }).catch(nothingSeen);
  const { width, height: rows } = line.info;
  if (width * rows > MOST_TEXT_PIXELS) throw tooLarge();
  if (angle === 0) return { width, height: rows, channels: 1, data: line.data };
  const turned = await sharp(line.data, { raw: { width, height: rows, channels: 1 } })
    .rotate(-angle, { background: '#000' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: turned.info.width, height: turned.info.height, channels: 1, data: turned.data };
}

/** The widest letters are about as wide as high. */
function isTooLarge(text: string, height: number): boolean {
  const width = text.length * height;
  return Math.max(width, height) > LONGEST_SIDE || width * height * 2 > MOST_TEXT_PIXELS;
}

function tooLarge(): AppError {
  return new AppError('INVALID_PIPELINE', { message: 'The text would be too large: make it shorter or smaller.' });
}

function nothingSeen(cause: unknown): never {
  throw new AppError('INVALID_PIPELINE', { message: 'The text has no letters that can be set.', cause });
}

/** Pango takes markup only; this makes plain text of it. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
