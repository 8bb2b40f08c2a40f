import { CreateBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerImage } from './docker.ts';
import { findProgram } from './find-program.ts';
import { goProgramFolder, installGoProgram } from './go-program.ts';
import type { ProvidedS3 } from './provided.ts';
import { findServer } from './server-source.ts';
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

  private constructor(source: ServerSource) {
    super(source);
  }

  /** Finds or builds versitygw; the server is not started yet. */
  static async create(): Promise<S3Server> {
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
    return new S3Server(source);
  }

  /** The address and keys, and a bucket that exists. */
  async provide(bucket: string): Promise<ProvidedS3> {
    const provided = { endpoint: this.url, region, accessKeyId, secretAccessKey, bucket };
    await ensureBucket(provided);
    return provided;
  }

  protected override async prepare(place: ServerPlace): Promise<void> {
    await mkdir(join(place.data, 'objects'));
    await mkdir(join(place.data, 'metadata'));
  }

  protected override command(place: ServerPlace): ServerCommand {
    // Metadata beside the files instead of in extended attributes, which not every temporary folder has.
    const backend = ['posix', '--sidecar', join(place.data, 'metadata'), join(place.data, 'objects')];
    const args = ['--keep-alive', '--port', `127.0.0.1:${String(place.port)}`, '--quiet', ...backend];
    return { program: this.program, args, env: { PATH: process.env.PATH, ...environment() }, cwd: place.folder };
  }

  protected override urlOf(port: number): string {
    return `http://127.0.0.1:${String(port)}`;
  }

  protected override async answers(port: number): Promise<boolean> {
    try {
      const response = await fetch(`${this.urlOf(port)}/healthz`, { signal: AbortSignal.timeout(2000) });
      return response.ok;
    } catch {
      return false;
    }
  }
}

function environment() {
  return { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey, VGW_REGION: region, VGW_HEALTH: '/healthz' };
}

/** Creates the bucket unless the caller has it already. */
export async function ensureBucket(s3: ProvidedS3): Promise<void> {
  const { endpoint, bucket, ...rest } = s3;
  const client = new S3Client({
    endpoint,
    region: rest.region,
    credentials: { accessKeyId: rest.accessKeyId, secretAccessKey: rest.secretAccessKey },
    forcePathStyle: true,
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
