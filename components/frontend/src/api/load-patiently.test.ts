import { expect, it } from 'vitest';
import { loadPatiently, type Network } from './load-patiently.ts';

/** A network that is away for so many looks. */
function networkAway(looks: number): Network & { readonly waits: number[] } {
  const waits: number[] = [];
  let asked = 0;
  return {
    waits,
    answers: () => Promise.resolve((asked += 1) > looks),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    refetchStyles: () => Promise.resolve(),
  };
}

it('goes on while the server is away, with longer and longer waits', async () => {
  const network = networkAway(6);
  let tries = 0;
  const load = (): Promise<string> =>
    (tries += 1) < 7 ? Promise.reject(new Error('no network')) : Promise.resolve('code');
  expect(await loadPatiently(load, network)).toBe('code');
  expect(network.waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
});

it('gives up what is not there though the server answers, after another try', async () => {
  let tries = 0;
  const load = (): Promise<string> => Promise.reject(new Error(`gone ${String((tries += 1))}`));
  await expect(loadPatiently(load, networkAway(0))).rejects.toThrow('gone 2');
});
