import type { ProvidedS3 } from './provided.ts';
import { ensureBucket, S3Server } from './s3.ts';

/** The S3 server that TESSERA_TEST_S3_ENDPOINT and its companions name, else one that is started here. */
export async function provideS3(stops: (() => Promise<void>)[]): Promise<ProvidedS3> {
  const endpoint = process.env.TESSERA_TEST_S3_ENDPOINT;
  if (!endpoint) {
    const server = await S3Server.create();
    stops.push(() => server.stop());
    await server.start();
    return server.provide('tessera-test');
  }
  const named: ProvidedS3 = {
    endpoint,
    region: process.env.TESSERA_TEST_S3_REGION ?? 'us-east-1',
    accessKeyId: variable('TESSERA_TEST_S3_ACCESS_KEY_ID'),
    secretAccessKey: variable('TESSERA_TEST_S3_SECRET_ACCESS_KEY'),
    bucket: process.env.TESSERA_TEST_S3_BUCKET ?? 'tessera-test',
  };
  await ensureBucket(named);
  return named;
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`TESSERA_TEST_S3_ENDPOINT is given, so ${name} must be given too.`);
  return value;
}
