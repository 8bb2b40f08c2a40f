import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../services/find-program.ts';
import { goProgramFolder, installGoProgram } from '../../services/go-program.ts';
import { runCommand, tryCommand, type CommandResult } from '../../services/run-command.ts';
import { ensureSchemas } from './ensure-schemas.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
// Go 1.24 builds both; newer ones ask for newer compilers.
const KUSTOMIZE = { module: 'sigs.k8s.io/kustomize/kustomize/v5', version: 'v5.7.1', program: 'kustomize' };
const KUBECONFORM = {
  module: 'github.com/yannh/kubeconform/cmd/kubeconform',
  version: 'v0.7.0',
  program: 'kubeconform',
};

/** kustomize and kubeconform in fixed versions, and the schemas that manifests are held against. */
export class ManifestPrograms {
  readonly #kustomize: string;
  readonly #kubeconform: string;
  readonly #schemas: string;

  private constructor(kustomize: string, kubeconform: string, schemas: string) {
    this.#kustomize = kustomize;
    this.#kubeconform = kubeconform;
    this.#schemas = schemas;
  }

  /** Builds and fetches what is missing. */
  static async ensure(): Promise<ManifestPrograms> {
    return new ManifestPrograms(
      await ensureProgram(KUSTOMIZE),
      await ensureProgram(KUBECONFORM),
      await ensureSchemas(),
    );
  }

  /** Renders a folder, of the project where it is relative. */
  build(folder: string): Promise<string> {
    return runCommand(this.#kustomize, ['build', resolve(root, folder)]);
  }

  /** Holds manifests against the schemas; kinds without one and unknown fields are errors. */
  validate(file: string): Promise<CommandResult> {
    const location = join(this.#schemas, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
    return tryCommand(this.#kubeconform, ['-strict', '-summary', '-schema-location', location, file]);
  }
}

async function ensureProgram(wanted: typeof KUSTOMIZE): Promise<string> {
  const path = join(goProgramFolder, wanted.program);
  const find = (): string | undefined => findProgram([path]);
  const problem = find() === undefined ? await installGoProgram(wanted.module, wanted.version) : undefined;
  if (find() === undefined) throw new Error(`${wanted.program} could not be built (${problem ?? '?'}).`);
  return path;
}
