import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, type ServerEvent } from './event-stream.ts';

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncIterable<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1))].sort((a, b) => a - b)) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
  yield bytes.subarray(from);
}

async function all(events: AsyncIterable<ServerEvent>): Promise<ServerEvent[]> {
  const seen: ServerEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('readEvents', () => {
  it('gives the same messages however the bytes are cut', async () => {
    const text = ': heartbeat\n\nid: 7\nevent: job\ndata: {"name":"Käse 🧀"}\n\ndata: a\ndata: b\n\n';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
        expect(await all(readEvents(pieces(bytes, cuts)))).toEqual([
          { id: '7', event: 'job', data: '{"name":"Käse 🧀"}' },
          { id: undefined, event: 'message', data: 'a\nb' },
        ]);
      }),
    );
  });
});
