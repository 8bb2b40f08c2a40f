import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { OutputFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** Format of a result whose name is kept, by the extension of the image; what no result can have becomes PNG. */
const KEPT: Readonly<Record<string, OutputFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.jpe': 'jpeg',
  '.png': 'png',
  '.webp': 'webp',
  '.avif': 'avif',
  '.tif': 'tiff',
  '.tiff': 'tiff',
};
const READABLE: ReadonlySet<string> = new Set([...Object.keys(KEPT), '.gif', '.jfif']);

const EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  png: '.png',
  jpeg: '.jpg',
  webp: '.webp',
  avif: '.avif',
  tiff: '.tif',
};

export interface FoundImage {
  /** Path of the file. */
  readonly input: string;
  /** Path of the result below the folder for results, with the folders that the image lies in. */
  readonly output: string;
  readonly format: OutputFormat;
}

export interface Finding {
  /** Also the folders in a folder. */
  readonly recursive: boolean;
  /** Format of all results; undefined: each as its image, and by its name. */
  readonly format: OutputFormat | undefined;
  /** Results are several files each, which come as an archive. */
  readonly archives?: boolean;
}

/**
 * Finds the images among files and in folders, in the order of their names. A file that is named is taken whatever it
 * is called; in a folder only what is called like an image, and nothing hidden.
 *
 * @throws AppError BAD_REQUEST for a path that is not there, where no image is found, and where two would become one file.
 */
export async function findImages(
  paths: readonly string[],
  { recursive, format, archives = false }: Finding,
): Promise<readonly FoundImage[]> {
  const found: FoundImage[] = [];
  const imageOf = (input: string, name: string): FoundImage => foundImage(input, name, format, archives);
  for (const path of paths) {
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) throw new AppError('BAD_REQUEST', { message: `There is no file or folder ${path}.` });
    if (!facts.isDirectory()) found.push(imageOf(path, basename(path)));
    else for (const file of await imagesIn(path, recursive)) found.push(imageOf(file, relative(path, file)));
  }
  if (found.length === 0) {
    const hint = recursive ? '' : ' Folders in it are looked at with --recursive.';
    throw new AppError('BAD_REQUEST', { message: `There is no image in ${paths.join(', ')}.${hint}` });
  }
  refuseClashes(found);
  return found;
}

async function imagesIn(folder: string, recursive: boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const images: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (recursive) images.push(...(await imagesIn(path, true)));
    } else if (entry.isFile() && READABLE.has(extname(entry.name).toLowerCase())) {
      images.push(path);
    }
  }
  return images;
}

function foundImage(input: string, name: string, wanted: OutputFormat | undefined, archives: boolean): FoundImage {
  const extension = extname(name);
  const own = KEPT[extension.toLowerCase()];
  const format = wanted ?? own ?? 'png';
  const stem = name.slice(0, name.length - extension.length);
  const output = archives ? `${stem}.zip` : own === format ? name : `${stem}${EXTENSIONS[format]}`;
  return { input, output, format };
}

function refuseClashes(images: readonly FoundImage[]): void {
  const seen = new Map<string, string>();
  for (const { input, output } of images) {
    const other = seen.get(output);
    if (other !== undefined) {
      throw new AppError('BAD_REQUEST', { message: `${other} and ${input} would both become ${output}.` });
    }
    seen.set(output, input);
  }
}
