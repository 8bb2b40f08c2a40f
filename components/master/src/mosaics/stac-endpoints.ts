import type { UrlAccess, UrlLimits } from '@tessera/runtime/outbound';

/** A catalogue of scenes that the operator names: the root of a STAC API. */
export interface StacEndpoint {
  readonly name: string;
  /** Without a slash at its end. */
  readonly url: string;
}

/** Reads `name=url` with commas between them; undefined if one of them is no such thing, or a name is there twice. */
export function parseEndpoints(text: string): readonly StacEndpoint[] | undefined {
  const endpoints: StacEndpoint[] = [];
  for (const part of text.split(',').map((entry) => entry.trim())) {
    if (part === '') continue;
    const [, name = '', address = ''] = /^([a-z\d][a-z\d-]{0,63})=(\S+)$/.exec(part) ?? [];
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
      return undefined;
    if (endpoints.some((other) => other.name === name)) return undefined;
    endpoints.push({ name, url: url.href.replace(/\/+$/, '') });
  }
  return endpoints;
}

/** Where catalogues may be asked: at the operator's addresses, wherever they lead, and nowhere else. */
export function endpointLimits(endpoints: readonly StacEndpoint[], access: UrlAccess): UrlLimits {
  const urls = endpoints.map(({ url }) => new URL(url));
  const hosts = new Set(urls.map(({ hostname }) => hostname.replace(/^\[|\]$/g, '')));
  const ports = urls.map(({ port, protocol }) => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)));
  return {
    access: {
      resolve: (host) => access.resolve(host),
      trusts: (host) => hosts.has(host),
      isAllowed: () => false,
    },
    ports: [...new Set(ports)],
  };
}
