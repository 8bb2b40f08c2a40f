import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';

/** Milliseconds for a connection and its handshake. */
const CONNECT = 10_000;
/** Bytes of the headers of an answer. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Connections to one server at one time. */
const CONNECTIONS = 16;

/**
 * An agent that connects to these addresses whatever the name of the host resolves to by now. TLS still asks for a
 * certificate of that name. Connections are used for one request each, unless they are kept.
 */
export function pinnedAgent(
  addresses: readonly string[],
  idleMilliseconds: number,
  { keepAlive = false }: { readonly keepAlive?: boolean } = {},
): Agent {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_host, { all }, done) => {
    const [first] = entries;
    if (all === true) done(null, entries);
    else if (first === undefined) done(new Error('no address'), '');
    else done(null, first.address, first.family);
  };
  return new Agent({
    connect: { lookup, timeout: CONNECT },
    headersTimeout: idleMilliseconds,
    bodyTimeout: idleMilliseconds,
    maxHeaderSize: MAX_HEADER_BYTES,
    pipelining: keepAlive ? 1 : 0,
    connections: CONNECTIONS,
  });
}
