import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes half a minute and more on two cores, the longest first. */
const LONG = [
  'deploy/machines/broker-node',
  'deploy/native/sandbox',
  'deploy/backup/rehearsal',
  'faults/server-faults',
  'deploy/compose/site',
  'faults/upload-faults',
  'faults/master-faults',
  'e2e/embedded-upload',
  'e2e/embedded.test',
  'e2e/embedded-everyone',
  'e2e/cli-products',
  'e2e/embedded-result',
  'e2e/embedded-builder',
  'e2e/cli-submit',
  'rabbitmq/rabbitmq.faults',
  'products/products.test',
  'postgres/postgres-store.test',
  'background/random-strategy',
  's3/s3-faults',
  'pglite/pglite-store.test',
  'decode/decoder.test',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((part) => moduleId.includes(part));
  return rank === -1 ? LONG.length : rank;
};

/** Begins with the files that take long: begun late, they would run alone at the end of their project. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
