import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { standIn, type DockerEngine } from '../engine/index.ts';
import { productImage } from '../images/product-image.ts';

interface ArchivedImage {
  RepoTags: string[] | null;
}

/**
 * Writes an archive as `docker save` makes it of the images that the compose files name. Those of others are stand-ins
 * under their names, which they get in the archive only: the engine that they come from is shared.
 *
 * @param file path of the archive, about a gigabyte.
 */
export async function archiveImages(engine: DockerEngine, file: string): Promise<void> {
  await archive(engine, file, {
    [await productImage(engine, 'master')]: 'tessera-master:local',
    [await productImage(engine, 'executor')]: 'tessera-executor:local',
    ...(await othersImages(engine)),
  });
}

/** Like `archiveImages`, but with the image that ours are built on in place of ours. */
export async function archiveBases(engine: DockerEngine, file: string): Promise<void> {
  await archive(engine, file, {
    [await standIn(engine, 'node')]: 'node:24.21.0-bookworm-slim',
    ...(await othersImages(engine)),
  });
}

/** Stand-ins for images of others, and the names of these. */
async function othersImages(engine: DockerEngine): Promise<Readonly<Record<string, string>>> {
  return {
    [await standIn(engine, 'rabbitmq')]: 'rabbitmq:4.2-management',
    [await standIn(engine, 'postgres')]: 'postgres:18-bookworm',
    [await standIn(engine, 'versitygw')]: 'versity/versitygw:v1.8.0',
  };
}

async function archive(engine: DockerEngine, file: string, images: Readonly<Record<string, string>>): Promise<void> {
  const folder = await createTemporaryFolder('images');
  try {
    await engine.docker(['save', '--output', file, ...Object.keys(images)]);
    await runCommand('tar', ['--extract', '--file', file, '--directory', folder.path]);
    const list = join(folder.path, 'manifest.json');
    const manifest = JSON.parse(await readFile(list, 'utf8')) as ArchivedImage[];
    for (const image of manifest) image.RepoTags = (image.RepoTags ?? []).map((tag) => images[tag] ?? tag);
    await writeFile(list, JSON.stringify(manifest));
    // The list of the older format would win.
    await rm(join(folder.path, 'repositories'), { force: true });
    await runCommand('tar', ['--create', '--file', file, '--directory', folder.path, '.']);
  } finally {
    await folder.remove();
  }
}
