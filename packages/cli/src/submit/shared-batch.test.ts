import { expect, it } from 'vitest';
import type { JobDto } from '@tessera/contracts';
import { SharedBatch } from './shared-batch.ts';

const job = {} as JobDto;
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

it('is begun once, also where the first that begins it is refused', async () => {
  const told: string[] = [];
  const wanted: string[] = [];
  const batch = new SharedBatch((id) => told.push(id));
  const send = (refused: boolean) => async (want: string) => {
    wanted.push(want);
    await pause();
    if (refused) throw new TypeError('refused');
    return { job, batch: want === 'new' ? 'b1' : want };
  };
  const all = await Promise.allSettled([true, false, false, false].map((refused) => batch.submit(send(refused))));
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(wanted).toEqual(['new', 'new', 'b1', 'b1']);
  expect(told).toEqual(['b1']);
});

it('goes on with the batch of an earlier run', async () => {
  const batch = new SharedBatch(() => undefined);
  batch.join(null);
  batch.join('earlier');
  batch.join('another');
  expect(await batch.submit((want) => Promise.resolve({ job, batch: want }))).toEqual({ job, batch: 'earlier' });
});
