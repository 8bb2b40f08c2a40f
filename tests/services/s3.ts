import { CreateBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mkdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import type { DockerImage } from './docker.ts';
import { findProgram } from './find-program.ts';
import { goProgramFolder, installGoProgram } from './go-program.ts';
import type { ProvidedS3 } from './provided.ts';
import { findServer } from './server-source.ts';
import type { ServerTls } from './server-tls.ts';
import { TestServer, type ServerCommand, type ServerPlace, type ServerSource } from './test-server.ts';

const version = 'v1.8.0';
const region = 'us-east-1';
const accessKeyId = 'tessera-test';
const secretAccessKey = 'tessera-test-secret';

/** versitygw, an S3 server whose objects are plain files. */
export class S3Server extends TestServer {
  protected readonly name = 's3';
  protected readonly stopSignal = 'SIGTERM';
  protected readonly image: DockerImage = {
    image: `versity/versitygw:${version}`,
    port: 7070,
    env: {
      ...environment(),
      VGW_BACKEND: 'posix',
      VGW_BACKEND_ARG: '/tmp',
      VGW_PORT: ':7070',
      VGW_META_SIDECAR: '/var/tmp',
    },
  };

  readonly #tls: ServerTls | undefined;

  private constructor(source: ServerSource, tls: ServerTls | undefined) {
    super(source);
    this.#tls = tls;
  }

  /** Finds or builds versitygw; the server is not started yet. */
  static async create(tls?: ServerTls): Promise<S3Server> {
    const source = await findServer({
      name: 'an S3 server (versitygw)',
      variable: 'TESSERA_TEST_S3_ENDPOINT',
      find: () =>
        findProgram([
          'versitygw',
          join(goProgramFolder, 'versitygw'),
          join(process.env.HOME ?? '/root', 'go/bin/versitygw'),
        ]),
      install: () => installGoProgram('github.com/versity/versitygw/cmd/versitygw', version),
    });
    return new S3Server(source, tls);
  }

  /** The address and keys, and a bucket that exists. */
  async provide(bucket: string): Promise<ProvidedS3> {
    const provided = { endpoint: this.url, region, accessKeyId, secretAccessKey, bucket };
    await ensureBucket(provided, this.#tls && (await readFile(this.#tls.caFile)));
    return provided;
  }

  protected override async prepare(place: ServerPlace): Promise<void> {
    await mkdir(join(place.data, 'objects'));
    await mkdir(join(place.data, 'metadata'));
  }

  protected override command(place: ServerPlace): ServerCommand {
    // Metadata beside the files instead of in extended attributes, which not every temporary folder has.
    const backend = ['posix', '--sidecar', join(place.data, 'metadata'), join(place.data, 'objects')];
    const tls = this.#tls ? ['--cert', this.#tls.cert, '--key', this.#tls.key] : [];
    const args = [...tls, '--keep-alive', '--port', `127.0.0.1:${String(place.port)}`, '--quiet', ...backend];
    return { program: this.program, args, env: { PATH: process.env.PATH, ...environment() }, cwd: place.folder };
  }

  protected override urlOf(port: number): string {
    return this.#tls ? `https://localhost:${String(port)}` : `http://127.0.0.1:${String(port)}`;
  }

  protected override async answers(port: number): Promise<boolean> {
    const { get } = this.#tls ? https : http;
    const options = { timeout: 2000, rejectUnauthorized: false, agent: false };
    return new Promise((resolve) => {
      const question = get(`${this.urlOf(port)}/healthz`, options, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      question.on('timeout', () => question.destroy());
      question.on('error', () => resolve(false));
    });
  }
}

function environment() {
  return { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey, VGW_REGION: region, VGW_HEALTH: '/healthz' };
}

/**
 * Creates the bucket unless the caller has it already.
 *
 * @param ca the authority of the server's certificate, PEM.
 */
export async function ensureBucket(s3: ProvidedS3, ca?: Buffer): Promise<void> {
  const { endpoint, bucket, ...rest } = s3;
  const client = new S3Client({
    endpoint,
    region: rest.region,
    credentials: { accessKeyId: rest.accessKeyId, secretAccessKey: rest.secretAccessKey },
    forcePathStyle: true,
    ...(ca ? { requestHandler: { httpsAgent: { ca } } } : {}),
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const mine = error instanceof S3ServiceException && error.name === 'BucketAlreadyOwnedByYou';
    if (!mine) throw error;
  } finally {
    client.destroy();
  }
}
