import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LossyProxyOptions {
  /** Address of the site, `http://host:port`. */
  readonly target: string;
  /** Bytes of what counts as one chunk on the way to the site. */
  readonly chunkBytes: number;
  /** One chunk in so many is lost, and its connection with it. */
  readonly every: number;
}

export interface LossyProxy {
  readonly url: string;
  /** Chunks that came, and those of them that were lost. */
  readonly chunks: { readonly all: number; readonly lost: number };
  close(): Promise<void>;
}

/**
 * A network between a browser and a site that loses an exact share of what is sent: in the middle of such a chunk the
 * connection is cut, both ways, and what was not yet passed on is gone. Answers pass.
 */
export async function startLossyProxy({ target, chunkBytes, every }: LossyProxyOptions): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let bytes = 0;
  let lost = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const cut = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    far.pipe(near);
    near.on('data', (data: Buffer) => {
      bytes += data.length;
      // In the middle of the last of so many chunks.
      if (bytes >= (lost + 1) * every * chunkBytes - chunkBytes / 2) {
        lost += 1;
        cut();
      } else if (!far.write(data)) {
        near.pause();
        far.once('drain', () => near.resume());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    get chunks() {
      return { all: Math.ceil(bytes / chunkBytes), lost };
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
