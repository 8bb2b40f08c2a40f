import { BAD_INPUTS } from '@tessera/codec/bad-inputs';
import type { ImageDto } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileServer } from '../testing/file-server.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';
import { TusClient } from '../testing/tus-client.ts';

interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  readonly image: string | undefined;
}

let parts: TestParts;
let site: TestSite;
let tus: TusClient;
let server: FileServer;
let served: Uint8Array = new Uint8Array();

beforeAll(async () => {
  parts = await startTestParts();
  server = await FileServer.start((_request, response) => response.end(served));
  site = await TestSite.start(parts, {
    environment: { FETCH_PORTS: String(server.port) },
    urls: { resolve: () => Promise.resolve(['127.0.0.1']), isAllowed: () => true },
  });
  tus = new TusClient(site.client);
});

afterAll(async () => {
  await site.close();
  await server.close();
  await parts.close();
});

/** The ways in which a file comes to the site. */
const doors: Readonly<Record<string, (file: Uint8Array) => Promise<Outcome>>> = {
  form: async (file) => {
    const { status, body } = await site.client.upload<{ error?: { code: string }; images?: ImageDto[] }>([
      'photo.jpg',
      file,
    ]);
    return { status, code: body.error?.code, image: body.images?.[0]?.id };
  },
  tus: async (file) => {
    const begun = await tus.create(file.length, 'photo.jpg');
    const path = begun.headers.get('location');
    // An empty file is complete when it is begun.
    const sent = path === null ? begun : await tus.append(path, 0, file);
    const { status, body } = path !== null && sent.status === 202 ? await tus.lookedAt(path) : sent;
    return { status, code: body?.error?.code, image: body !== undefined && 'id' in body ? body.id : undefined };
  },
  address: async (file) => {
    served = file;
    const url = `http://pictures.example:${server.port}/photo.jpg`;
    const { status, body } = await site.client.post<{ error?: { code: string }; id?: string }>('/api/v1/images/fetch', {
      url,
    });
    return { status, code: body.error?.code, image: body.id };
  },
};

describe('rows 11 to 42: what comes is taken or refused by what it is, through whichever door', () => {
  test.each(BAD_INPUTS)('row $row: $name', async ({ row, name, make, status, code }) => {
    const file = await make();
    // One of each row is enough to tell whether all doors lead to the same.
    const isFirst = BAD_INPUTS.find((input) => input.row === row)?.name === name;
    for (const [door, send] of Object.entries(doors).slice(0, isFirst ? 3 : 1)) {
      const before = await site.keys();
      const outcome = await send(file);
      // The last bytes of an upload create nothing at their address.
      const expected = door === 'tus' && status === 201 ? 200 : status;
      expect([door, outcome.status, outcome.code ?? null]).toEqual([door, expected, code]);
      const added = (await site.keys()).filter((key) => !before.includes(key));
      expect(added).toEqual(outcome.image === undefined ? [] : [`uploads/${outcome.image}`]);
      expect(await site.scratchFiles()).toEqual([]);
    }
  });
});
