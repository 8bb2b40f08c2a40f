import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { UrlAccess } from '@tessera/runtime/outbound';
import { FileServer } from './file-server.ts';
import { sendRange } from './send-range.ts';
import { smallStac, type SmallItem } from './small-stac.ts';

type Item = SmallItem & { readonly assets: Readonly<Record<string, { readonly href: string }>> };

/** The collection of all scenes. */
export const SCENES_COLLECTION = {
  type: 'Collection',
  id: 'landsat',
  stac_version: '1.0.0',
  title: 'Landsat 8',
  description: 'One place, four times.',
  license: 'PDDL-1.0',
  links: [],
  extent: { spatial: { bbox: [[-88, 30, -87, 31]] }, temporal: { interval: [['2013-01-01T00:00:00Z', null]] } },
};

/** Scenes and a small catalogue of them on a web server of this machine. */
export class ScenesServer {
  readonly #server: FileServer;
  /** Where the scenes' files are. */
  readonly items: readonly Item[];
  /** What is answered instead of a file. */
  readonly broken: Map<string, number>;
  /** Until then nothing is given of files but their headers. */
  held: Promise<void> = Promise.resolve();
  /** The way to the scenes. */
  readonly access: UrlAccess = {
    resolve: (host) => Promise.resolve([host === 'scenes.example' ? '127.0.0.1' : '10.0.0.1']),
    isAllowed: (address) => address === '127.0.0.1',
  };

  private constructor(server: FileServer, items: readonly Item[], broken: Map<string, number>) {
    this.#server = server;
    this.items = items;
    this.broken = broken;
  }

  /** @param made JSON of the items, whose files lie in the folder. */
  static async start(folder: string, made: string): Promise<ScenesServer> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.tif'));
    const read = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
    const files = new Map(await Promise.all(read));
    const broken = new Map<string, number>();
    const whole = Promise.withResolvers<ScenesServer>();
    const catalogue = Promise.withResolvers<ReturnType<typeof smallStac>>();
    const server = await FileServer.start((request, response) => {
      const name = (request.url ?? '').slice(1);
      const [file, status] = [files.get(name), broken.get(name)];
      const isHeader = request.headers.range?.startsWith('bytes=0-') === true;
      if (status !== undefined) response.writeHead(status).end();
      else if (file !== undefined && isHeader) sendRange(file, request, response);
      else if (file !== undefined)
        void whole.promise.then(({ held }) => held).then(() => sendRange(file, request, response));
      else void catalogue.promise.then((answer) => answer(request, response));
    });
    const address = `http://scenes.example:${String(server.port)}/`;
    const items = (JSON.parse(made) as Item[]).map((item) => ({
      ...item,
      assets: Object.fromEntries(
        Object.entries(item.assets).map(([key, asset]) => [key, { ...asset, href: address + asset.href }]),
      ),
    }));
    catalogue.resolve(smallStac(SCENES_COLLECTION, items));
    const started = new ScenesServer(server, items, broken);
    whole.resolve(started);
    return started;
  }

  /** Root of the small catalogue. */
  get stac(): string {
    return `http://127.0.0.1:${String(this.#server.port)}/stac`;
  }

  /** A site's, by which it knows the catalogue and reaches the files. */
  get settings(): Readonly<Record<string, string>> {
    return { STAC_ENDPOINTS: `here=${this.stac}`, FETCH_PORTS: String(this.#server.port), FETCH_RASTERS: 'true' };
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
