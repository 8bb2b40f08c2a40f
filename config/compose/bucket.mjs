// Makes the bucket and says who may do what with it, as the store's root; a second run changes nothing.
//
//   node bucket.mjs            makes it; S3_ROOT_ACCESS_KEY_ID_FILE, S3_ROOT_SECRET_ACCESS_KEY_FILE: root's key
//   node bucket.mjs --check    only looks whether it is there, with the key of the master
//
// Further variables: S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_FORCE_PATH_STYLE, S3_CA_FILE as for the master;
// S3_ACCESS_KEY_ID_FILE, S3_SECRET_ACCESS_KEY_FILE: the master's key; EXECUTOR_S3_ACCESS_KEY_ID_FILE.
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, HeadBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { bucketPolicy } from './bucket-policy.mjs';

const env = process.env;
const bucket = env.S3_BUCKET;
const secret = (variable) => readFileSync(env[variable], 'utf8').trimEnd();
const deadline = Date.now() + 60_000;

/** @param {string} prefix of the variables of the key. */
function connect(prefix) {
  const ca = env.S3_CA_FILE ? [...rootCertificates, readFileSync(env.S3_CA_FILE, 'utf8')] : undefined;
  return new S3Client({
    ...(env.S3_ENDPOINT ? { endpoint: env.S3_ENDPOINT } : {}),
    region: env.S3_REGION || 'us-east-1',
    forcePathStyle: env.S3_FORCE_PATH_STYLE !== 'false',
    credentials: {
      accessKeyId: secret(`${prefix}_ACCESS_KEY_ID_FILE`),
      secretAccessKey: secret(`${prefix}_SECRET_ACCESS_KEY_FILE`),
    },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 5000, connectionTimeout: 5000, httpsAgent: { ca } },
  });
}

/** Tries until the store answers: no answer at all, and 5xx, may pass. */
async function patiently(send) {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const status = error.$metadata?.httpStatusCode ?? 0;
      if ((status > 0 && status < 500) || Date.now() > deadline) throw error;
      await delay(500);
    }
  }
}

async function make() {
  const client = connect('S3_ROOT');
  await patiently(() => client.send(new CreateBucketCommand({ Bucket: bucket }))).catch((error) => {
    if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
  });
  const principals = { master: secret('S3_ACCESS_KEY_ID_FILE'), executor: secret('EXECUTOR_S3_ACCESS_KEY_ID_FILE') };
  const policy = JSON.stringify(bucketPolicy(bucket, principals));
  await patiently(() => client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy })));
}

async function check() {
  const client = connect('S3');
  await patiently(() => client.send(new HeadBucketCommand({ Bucket: bucket })));
}

try {
  await (process.argv[2] === '--check' ? check() : make());
  console.log(`The bucket ${bucket} is ready.`);
} catch (error) {
  console.error(`The bucket ${bucket} can not be used: ${error.name}: ${error.message}`);
  process.exitCode = 1;
}
