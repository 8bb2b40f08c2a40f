import { createMetrics, silentLogger } from '@tessera/runtime';
import type { ClaimedDelivery, DeliveryOutcome } from '@tessera/store';
import { afterEach, expect, test } from 'vitest';
import { FileServer } from '../testing/file-server.ts';
import { until } from '../testing/test-site.ts';
import { WebhookSender, type WebhookSenderParts } from './webhook-sender.ts';

let receiver: FileServer;
let sender: WebhookSender;

afterEach(async () => {
  await sender.close();
  await receiver.close();
});

const claimed = (options: Partial<ClaimedDelivery> = {}): ClaimedDelivery => ({
  id: 'one',
  visitor: 'ann',
  at: new Date(0),
  about: { batch: 'b', facts: { done: 1, failed: 0, cancelled: 0 } },
  url: `http://receiver.example:${receiver.port}/`,
  secret: 's',
  attempt: 1,
  nth: 1,
  ...options,
});

/** A sender to whom this much is due; gives what it notes. */
function start(due: ClaimedDelivery[], parts: Partial<WebhookSenderParts> = {}): DeliveryOutcome[] {
  const outcomes: DeliveryOutcome[] = [];
  sender = new WebhookSender({
    store: {
      claimDelivery({ except }) {
        const index = due.findIndex(({ visitor }) => !except.includes(visitor));
        return Promise.resolve(index < 0 ? undefined : due.splice(index, 1)[0]);
      },
      settleDelivery(outcome) {
        outcomes.push(outcome);
        return Promise.resolve(true);
      },
    },
    logger: silentLogger(),
    metrics: createMetrics(),
    limits: {
      access: { resolve: () => Promise.resolve(['127.0.0.1']), isAllowed: (address) => address === '127.0.0.1' },
      ports: [receiver.port],
    },
    backOff: (nth) => (nth < 3 ? nth * 10 : undefined),
    now: () => new Date(1_700_000_000_000),
    ...parts,
  });
  sender.start();
  return outcomes;
}

test('answers decide what comes next; whatever an address has come to lead to is judged anew', async () => {
  let status = 500;
  receiver = await FileServer.start((_request, response) => response.writeHead(status).end());
  const url = 'http://169.254.169.254/';
  const due = [claimed(), claimed({ nth: 2 }), claimed({ nth: 3, url })];
  const outcomes = start(due);
  await until(() => outcomes.length === 3);
  expect(outcomes.map(({ status: told, error, next }) => [told, error, next]).sort()).toEqual([
    [null, 'URL_REFUSED', 'failed'],
    [500, null, 10],
    [500, null, 20],
  ]);
  expect(receiver.requests[0]?.headers['tessera-signature']).toMatch(/^t=1700000000,v1=/);
  status = 200;
  due.push(claimed());
  await until(() => outcomes.length === 4);
  expect(outcomes[3]?.next).toBe('delivered');
});

test('a silent receiver keeps none but its own visitor waiting, and a master that stops gives tries back', async () => {
  receiver = await FileServer.start((request, response) => {
    if (request.url === '/good') response.end();
  });
  const slow = Array.from({ length: 6 }, () => claimed());
  const due = [...slow, claimed({ id: 'two', visitor: 'bob', url: `http://receiver.example:${receiver.port}/good` })];
  const outcomes = start(due);
  await until(() => outcomes.length === 1 && receiver.requests.length === 5);
  expect(outcomes).toMatchObject([{ id: 'two', next: 'delivered' }]);
  expect(due).toHaveLength(2);
  await sender.close();
  expect(outcomes.slice(1)).toEqual(
    Array.from({ length: 4 }, () => ({ id: 'one', attempt: 1, status: null, error: 'SHUTTING_DOWN', next: 0 })),
  );
});

test('an answer without end is not read', async () => {
  receiver = await FileServer.start((_request, response) => {
    const write = (): void => {
      while (response.writable && response.write(Buffer.alloc(65_536)));
      if (response.writable) response.once('drain', write);
    };
    write();
  });
  const outcomes = start([claimed()]);
  await until(() => outcomes.length === 1);
  expect(outcomes[0]).toMatchObject({ status: 200, next: 'delivered' });
  await until(() => receiver.requests[0]?.socket.destroyed === true);
});
