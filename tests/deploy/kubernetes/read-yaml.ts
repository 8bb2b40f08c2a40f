import { execFile } from 'node:child_process';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { tryCommand } from '../../services/run-command.ts';

const python = '/usr/bin/python3';
const script = `
import json, sys, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
json.dump([document for document in yaml.load_all(sys.stdin, loader) if document is not None], sys.stdout, default=str)
`;
let ready: Promise<void> | undefined;

/**
 * The documents of a YAML text, by Debian's PyYAML: no library of the project reads YAML.
 *
 * @throws Error with PyYAML's words if the text is no YAML.
 */
export async function readYaml(text: string): Promise<readonly unknown[]> {
  ready ??= ensurePyYaml();
  await ready;
  return new Promise((resolve, reject) => {
    const child = execFile(python, ['-c', script], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr || error.message));
      else resolve(JSON.parse(stdout) as unknown[]);
    });
    child.stdin?.end(text);
  });
}

async function ensurePyYaml(): Promise<void> {
  const isThere = async (): Promise<boolean> => (await tryCommand(python, ['-c', 'import yaml'])).ok;
  if (await isThere()) return;
  const problem = await installDebianPackages(['python3-yaml']);
  if (!(await isThere())) throw new Error(`The tests read YAML by python3-yaml, which is missing (${problem ?? '?'}).`);
}
