import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { findProgram } from '../../services/find-program.ts';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { kindsOfCustomResources, kindsOfOpenApi, type KindSchemas } from './kind-schemas.ts';
import { readYaml } from './read-yaml.ts';
import { schemaSources, type SchemaSource } from './schema-sources.ts';

const cache = fileURLToPath(new URL('../../../.cache/kubernetes-schemas/', import.meta.url));

/**
 * The folder of the JSON schemas of all kinds that the manifests use, made from what their makers publish: about 31 MB
 * are fetched through the Go proxy, once.
 */
export async function ensureSchemas(): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify(schemaSources)).digest('hex').slice(0, 12);
  const folder = join(cache, key);
  if (existsSync(folder)) return folder;
  const go = await findGo();
  const temporary = await createTemporaryFolder('schemas');
  try {
    const made = join(cache, `${key}.${String(process.pid)}`);
    await mkdir(made, { recursive: true });
    for (const source of schemaSources) {
      for (const [name, schema] of await kindsOf(source, await download(go, source, temporary.path))) {
        await writeFile(join(made, name), JSON.stringify(schema));
      }
    }
    await rename(made, folder);
    return folder;
  } finally {
    await temporary.remove();
  }
}

async function findGo(): Promise<string> {
  const find = (): string | undefined => findProgram(['go', '/usr/lib/go-*/bin/go']);
  const problem = find() === undefined ? await installDebianPackages(['golang-go']) : undefined;
  const go = find();
  if (go === undefined) throw new Error(`The schemas of Kubernetes come by Go, which is missing (${problem ?? '?'}).`);
  return go;
}

/** Fetches a module into a cache of its own, which can be deleted. @returns the module's folder. */
async function download(go: string, { module, version }: SchemaSource, folder: string): Promise<string> {
  const env = { ...process.env, GOMODCACHE: join(folder, 'mod'), GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'auto' };
  const answer = await runCommand(go, ['mod', 'download', '-json', `${module}@${version}`], { env, cwd: folder });
  return (JSON.parse(answer) as { readonly Dir: string }).Dir;
}

async function kindsOf({ files }: SchemaSource, folder: string): Promise<KindSchemas> {
  const kinds = new Map<string, unknown>();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const found = file.endsWith('.json')
      ? kindsOfOpenApi(JSON.parse(text) as Parameters<typeof kindsOfOpenApi>[0])
      : kindsOfCustomResources(await readYaml(text));
    for (const [name, schema] of found) kinds.set(name, schema);
  }
  return kinds as KindSchemas;
}
