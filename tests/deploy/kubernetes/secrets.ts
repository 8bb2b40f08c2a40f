import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifests } from './manifest.ts';

const folder = fileURLToPath(new URL('../../../config/kubernetes/overlays/example/secrets', import.meta.url));

/** Copies the example's folder of secrets and puts a file there for each that it names. @returns the copy. */
export async function fillSecrets(below: string): Promise<string> {
  const copy = join(below, 'secrets');
  await cp(folder, copy, { recursive: true });
  const text = await readFile(join(copy, 'kustomization.yaml'), 'utf8');
  for (const [, file = ''] of text.matchAll(/=((?:master|executor|scaler|broker|site)\/[a-z0-9.-]+)/g)) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), 'not a secret\n');
  }
  return copy;
}

/** `secret/key`, or `secret` where all of it is meant: what is used by pods, the ingress and the operators' resources. */
export function usedSecrets(manifests: Manifests): readonly string[] {
  const used = new Set<string>();
  for (const { spec } of manifests.all) collect(spec, used);
  for (const name of ['tessera-master', 'tessera-executor']) {
    for (const [variable, file] of Object.entries(manifests.variables(name))) {
      const mounted = /^\/run\/secrets\/tessera\/([^/]+)$/.exec(file);
      if (variable.endsWith('_FILE') && mounted) used.add(`${name}/${String(mounted[1])}`);
    }
  }
  return [...used].sort();
}

/** Finds the forms in which Kubernetes and the operators name a secret. */
function collect(value: unknown, used: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const entry = value as Readonly<Record<string, unknown>>;
  for (const name of [entry.secretName, entry.caSecretName]) if (typeof name === 'string') used.add(name);
  for (const list of [entry.secretTargetRef, [entry.credentials], [entry.importCredentialsSecret]]) {
    if (!Array.isArray(list)) continue;
    for (const reference of list as ({ name: string; key?: string } | undefined)[]) {
      if (reference) used.add([reference.name, reference.key].filter(Boolean).join('/'));
    }
  }
  for (const part of Object.values(entry)) collect(part, used);
}
