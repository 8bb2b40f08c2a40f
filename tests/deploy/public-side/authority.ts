import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../services/run-command.ts';

export interface Certificate {
  /** PEM file of the certificate. */
  readonly cert: string;
  /** PEM file of its key. */
  readonly key: string;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority of a test's own, made by openssl as an operator would make one. */
export class Authority {
  /** PEM file of the authority's certificate. */
  readonly caFile: string;
  readonly #folder: string;
  readonly #name: string;
  #issued = 0;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.caFile = join(folder, `${name}-ca.pem`);
  }

  static async create(folder: string, name: string): Promise<Authority> {
    const authority = new Authority(folder, name);
    const usage = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
    const args = ['req', '-x509', ...EC_KEY, '-keyout', authority.#keyFile, '-out', authority.caFile, '-days', '2'];
    await runCommand('openssl', [...args, '-subj', `/CN=${name}`, ...usage.flatMap((text) => ['-addext', text])]);
    return authority;
  }

  /** Makes a certificate for these names, such as `DNS:localhost` or `IP:127.0.0.1`; anybody may read its files. */
  async issue(...names: readonly string[]): Promise<Certificate> {
    const path = join(this.#folder, `${this.#name}-${String(this.#issued++)}`);
    const [cert, key] = [`${path}.pem`, `${path}.key`];
    const signer = ['-CA', this.caFile, '-CAkey', this.#keyFile, '-days', '2'];
    const alternative = ['-addext', `subjectAltName=${names.join(',')}`, '-addext', 'basicConstraints=CA:FALSE'];
    await runCommand('openssl', [
      ...['req', '-x509', ...EC_KEY, '-subj', '/CN=server', '-keyout', key, '-out', cert],
      ...signer,
      ...alternative,
    ]);
    await Promise.all([cert, key].map((file) => chmod(file, 0o644)));
    return { cert, key };
  }

  get #keyFile(): string {
    return join(this.#folder, `${this.#name}-ca.key`);
  }
}
