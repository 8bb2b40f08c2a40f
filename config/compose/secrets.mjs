// Writes what each service of the compose files needs to know and nobody else, before they start: each has a volume of
// its own, mounted here below /volumes. Values are read from /given/NAME where such files are mounted, else made at the
// first start and kept in /volumes/own. A second run with the same values writes nothing.
//
//   node secrets.mjs                  writes what is missing or differs
//   node secrets.mjs --renew NAME…    forgets values that were made here, so that new ones are made; names: /volumes/own
import { rm } from 'node:fs/promises';
import { brokerDefinitions } from './broker-definitions.mjs';
import { keepFile } from './keep-file.mjs';
import { KeptValues } from './kept-values.mjs';
import { storeUsers } from './store-users.mjs';

/** The volumes belong to one service each; modes say whether that service runs as another user than this one. */
const PRIVATE = 0o400;
const SERVICE = 0o444;

const values = new KeptValues('/given', '/volumes/own');
const [option, ...names] = process.argv.slice(2);
if (option === '--renew') await Promise.all(names.map((name) => rm(`/volumes/own/${name}`)));
else if (option !== undefined) throw new Error(`There is no option ${option}.`);

const user = {
  master: { name: 'tessera-master', password: await values.get('broker-master-password') },
  executor: { name: 'tessera-executor', password: await values.get('broker-executor-password') },
  operator: { name: 'tessera-operator', password: await values.get('broker-operator-password') },
};
const key = {
  root: { id: await values.get('s3-root-access-key-id'), secret: await values.get('s3-root-secret-access-key') },
  master: { id: await values.get('s3-access-key-id'), secret: await values.get('s3-secret-access-key') },
  executor: {
    id: await values.get('executor-s3-access-key-id'),
    secret: await values.get('executor-s3-secret-access-key'),
  },
};
const database = await values.get('database-password');
const brokerUrl = ({ name, password }) => `amqp://${name}:${password}@broker:5672/tessera`;
const amqpUrl = (await values.given('amqp-url')) ?? brokerUrl(user.master);

const files = {
  master: {
    'amqp-url': amqpUrl,
    'database-url': (await values.given('database-url')) ?? `postgres://tessera:${database}@database:5432/tessera`,
    'cookie-secret': await values.get('cookie-secret'),
    'admin-token': await values.get('admin-token'),
    's3-access-key-id': key.master.id,
    's3-secret-access-key': key.master.secret,
  },
  executor: {
    'amqp-url': (await values.given('executor-amqp-url')) ?? brokerUrl(user.executor),
    's3-access-key-id': key.executor.id,
    's3-secret-access-key': key.executor.secret,
  },
  broker: {
    'definitions.json': brokerDefinitions(user),
    'operator-password': user.operator.password,
    // For the gate in front of a broker elsewhere: where it is, without the passwords.
    addresses: amqpUrl.replaceAll(/\/\/[^,/]*@/g, '//'),
  },
  database: { 'superuser-password': await values.get('database-superuser-password'), 'master-password': database },
  store: {
    'root-access-key-id': key.root.id,
    'root-secret-access-key': key.root.secret,
    'users.json': storeUsers(key),
  },
};

let changed = 0;
for (const [volume, contents] of Object.entries(files)) {
  const mode = volume === 'master' || volume === 'executor' ? PRIVATE : SERVICE;
  for (const [name, text] of Object.entries(contents)) {
    if (await keepFile(`/volumes/${volume}/${name}`, text, mode)) changed += 1;
  }
}
console.log(changed === 0 ? 'All secrets are as they were.' : `Wrote ${changed} secrets.`);
