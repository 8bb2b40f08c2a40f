import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../services/find-program.ts';
import { freePort } from '../../services/free-port.ts';
import { installDebianPackages } from '../../services/debian-packages.ts';
import { ManagedProcess } from '../../services/managed-process.ts';
import { waitUntil } from '../../services/wait-until.ts';
import type { Certificate } from './authority.ts';

export type ProxyKind = 'nginx' | 'caddy';

export interface ProxyOptions {
  /** For settings, logs and temporary files. */
  readonly folder: string;
  readonly certificate: Certificate;
  /** Ports of the masters on 127.0.0.1. */
  readonly masters: readonly number[];
}

/** The ports that take the place of 80 and 443. */
interface Ports {
  readonly http: number;
  readonly https: number;
}

const examples = fileURLToPath(new URL('../../../config/proxy/', import.meta.url));

/** Reads an example and fills it in as an operator would; everything that is replaced must be there. */
async function example(name: string, replacements: readonly (readonly [string, string])[]): Promise<string> {
  let text = await readFile(join(examples, name), 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${name} does not hold "${from}".`);
    text = text.replaceAll(from, to);
  }
  return text;
}

async function nginxCommand(options: ProxyOptions, ports: Ports): Promise<readonly string[]> {
  const { folder, certificate, masters } = options;
  const site = await example('nginx.conf', [
    ['tessera.example', 'localhost'],
    [
      'server 127.0.0.1:8080 max_fails=3 fail_timeout=1s;',
      masters.map((port) => `server 127.0.0.1:${String(port)} max_fails=3 fail_timeout=1s;`).join('\n    '),
    ],
    ['listen 80;', `listen 127.0.0.1:${String(ports.http)};`],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${String(ports.https)} ssl http2;`],
    ['/etc/tessera/tls/server.pem', certificate.cert],
    ['/etc/tessera/tls/server.key', certificate.key],
    ['/var/log/nginx/tessera.log', join(folder, 'access.log')],
  ]);
  await writeFile(join(folder, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const main = [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 2;',
    `pid ${folder}/nginx.pid;`,
    'error_log stderr info;',
    'events {}',
    'http {',
    'types { text/html html; }',
    ...temporary.map((name) => `${name}_temp_path ${folder}/${name}_temp;`),
    `include ${folder}/site.conf;`,
    '}',
  ];
  const file = join(folder, 'nginx.conf');
  await writeFile(file, `${main.join('\n')}\n`);
  return ['-c', file, '-e', 'stderr'];
}

async function caddyCommand(options: ProxyOptions, ports: Ports): Promise<readonly string[]> {
  const { folder, certificate, masters } = options;
  const site = await example('Caddyfile', [
    ['tessera.example', 'localhost'],
    ['reverse_proxy 127.0.0.1:8080', `reverse_proxy ${masters.map((port) => `127.0.0.1:${String(port)}`).join(' ')}`],
    ['# tls /etc/tessera/tls/server.pem /etc/tessera/tls/server.key', `tls ${certificate.cert} ${certificate.key}`],
  ]);
  const general = `{\n\thttp_port ${String(ports.http)}\n\thttps_port ${String(ports.https)}\n\tadmin off\n}\n`;
  const file = join(folder, 'Caddyfile');
  await writeFile(file, `${general}${site}`);
  return ['--config', file, '--adapter', 'caddyfile'];
}

/** The program, installed if it is missing. */
async function programOf(kind: ProxyKind): Promise<string> {
  const present = findProgram([kind]);
  if (present !== undefined) return present;
  const problem = await installDebianPackages([kind === 'nginx' ? 'nginx-light' : 'caddy']);
  const installed = findProgram([kind]);
  if (installed === undefined) throw new Error(`${kind} could not be installed: ${problem ?? 'no program was found'}.`);
  return installed;
}

/** One of the two proxies with its example of `config/proxy`, on 127.0.0.1. */
export class Proxy {
  readonly kind: ProxyKind;
  /** Port of HTTP. */
  readonly httpPort: number;
  /** Port of HTTPS. */
  readonly port: number;
  readonly #process: ManagedProcess;
  readonly #log: string;

  private constructor(kind: ProxyKind, ports: Ports, process: ManagedProcess, log: string) {
    this.#log = log;
    this.kind = kind;
    this.httpPort = ports.http;
    this.port = ports.https;
    this.#process = process;
  }

  static async start(kind: ProxyKind, options: ProxyOptions): Promise<Proxy> {
    const ports = { http: await freePort(), https: await freePort() };
    const { folder } = options;
    const args =
      kind === 'nginx' ? await nginxCommand(options, ports) : ['run', ...(await caddyCommand(options, ports))];
    const log = join(folder, `${kind}.log`);
    const proxy = new ManagedProcess({
      program: await programOf(kind),
      args,
      // Caddy keeps its state below HOME.
      env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      cwd: folder,
      output: log,
    });
    const listening = () => {
      if (!proxy.running) throw new Error(`${kind} ended:\n${proxy.printed}`);
      return isListening(ports.https);
    };
    await waitUntil(`${kind} listens`, listening, { ms: 20_000, every: 50 });
    return new Proxy(kind, ports, proxy, log);
  }

  /** The last lines of its log. */
  get printed(): string {
    return this.#process.printed;
  }

  /** The errors in its log. */
  async errors(): Promise<string> {
    const lines = (await readFile(this.#log, 'utf8')).split('\n');
    return lines.filter((line) => /\[(error|warn)\]|"level":"(error|warn)"/.test(line)).join('\n');
  }

  stop(): Promise<void> {
    return this.#process.kill();
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
