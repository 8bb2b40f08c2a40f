import type { ComposeSite } from './compose-site.ts';

/** What the store answers to an executor's key: `ok`, or the name of the error. */
export async function useOfStore(site: ComposeSite): Promise<unknown> {
  return JSON.parse(
    await site.runModule(
      'executor',
      `
import { readFileSync } from 'node:fs';
import * as s3 from '@aws-sdk/client-s3';
const read = (name) => readFileSync('/run/secrets/tessera/' + name, 'utf8');
const credentials = { accessKeyId: read('s3-access-key-id'), secretAccessKey: read('s3-secret-access-key') };
const client = new s3.S3Client({ endpoint: process.env.S3_ENDPOINT, region: 'us-east-1', forcePathStyle: true, credentials });
const Bucket = process.env.S3_BUCKET;
const calls = {
  readUpload: new s3.GetObjectCommand({ Bucket, Key: 'uploads/missing' }),
  readReceipt: new s3.GetObjectCommand({ Bucket, Key: 'work/missing/0/0.json' }),
  writeWork: new s3.PutObjectCommand({ Bucket, Key: 'work/test/0/0', Body: 'x' }),
  listResults: new s3.ListObjectsV2Command({ Bucket, Prefix: 'results/' }),
  listWork: new s3.ListObjectsV2Command({ Bucket }),
  deleteWork: new s3.DeleteObjectCommand({ Bucket, Key: 'work/test/0/0' }),
  deleteResult: new s3.DeleteObjectCommand({ Bucket, Key: 'results/test' }),
  writeMedian: new s3.PutObjectCommand({ Bucket, Key: 'medians/test', Body: 'x' }),
  readMedian: new s3.GetObjectCommand({ Bucket, Key: 'medians/test' }),
  deleteMedian: new s3.DeleteObjectCommand({ Bucket, Key: 'medians/test' }),
  writeBeside: new s3.PutObjectCommand({ Bucket, Key: 'medians-of-others/test', Body: 'x' }),
  writeIncoming: new s3.PutObjectCommand({ Bucket, Key: 'incoming/test', Body: 'x' }),
  writeUpload: new s3.PutObjectCommand({ Bucket, Key: 'uploads/test', Body: 'x' }),
  readPolicy: new s3.GetBucketPolicyCommand({ Bucket }),
  makeBucket: new s3.CreateBucketCommand({ Bucket: 'another' }),
};
const answers = {};
for (const [name, command] of Object.entries(calls)) {
  answers[name] = await client.send(command).then(() => 'ok', (error) => error.name);
}
console.log(JSON.stringify(answers));
`,
    ),
  );
}

/** What the broker answers to an executor's user: `ok`, or AMQP's code. */
export async function useOfBroker(site: ComposeSite): Promise<unknown> {
  return JSON.parse(
    await site.runModule(
      'executor',
      `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const amqp = createRequire('/app/packages/queue/package.json')('amqplib');
const url = readFileSync('/run/secrets/tessera/amqp-url', 'utf8');
const tasks = 'tessera.tasks.v1';
const connection = await amqp.connect(url);
connection.on('error', () => undefined);
const code = (error) => error.code ?? Number(/40\\d/.exec(error.message)?.[0]);
// A refusal closes its channel.
const use = async (act) => {
  const channel = await connection.createConfirmChannel();
  const closed = new Promise((resolve) => channel.on('error', (error) => resolve(code(error))));
  return Promise.race([closed, act(channel).then(() => 'ok', code)]);
};
const answers = {
  lookAtTasks: await use((channel) => channel.checkQueue(tasks)),
  declareTasks: await use((channel) => channel.assertQueue(tasks, { arguments: { 'x-queue-type': 'quorum' } })),
  deleteTasks: await use((channel) => channel.deleteQueue(tasks)),
  publishTask: await use(async (channel) => {
    channel.publish(tasks, '', Buffer.from('{}'));
    await channel.waitForConfirms();
  }),
  takeEvents: await use((channel) => channel.consume('tessera.events.v1', () => undefined)),
  openInbox: await use(async (channel) => {
    const name = 'tessera.tasks.v1.test';
    const deadLetters = { 'x-dead-letter-exchange': 'tessera.dead.v1' };
    await channel.assertQueue(name, { exclusive: true, durable: false, arguments: deadLetters });
    await channel.bindQueue(name, tasks, name);
  }),
  takeDead: await use((channel) => channel.consume('tessera.dead.v1', () => undefined)),
  declareOther: await use((channel) => channel.assertQueue('tessera.other.v1')),
  guest: await amqp.connect(url.replace(/[/][/].*@/, '//guest:guest@')).then(() => 'ok', code),
};
console.log(JSON.stringify(answers));
process.exit();
`,
    ),
  );
}
