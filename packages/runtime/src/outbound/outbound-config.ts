import { z } from 'zod';
import { flag, type ConfigShape } from '../config.ts';
import { parseNamedHosts } from './named-hosts.ts';

/** Port numbers with commas between them. */
export const ports = z
  .string()
  .transform((text) => text.split(',').map((port) => (/^\s*\d{1,5}\s*$/.test(port) ? Number(port) : Number.NaN)))
  .pipe(z.array(z.int({ error: 'must be port numbers with commas between them' }).min(1).max(65_535)));

/** Hosts that are not public, and are gone to nevertheless, with commas between them. */
export const namedHosts = z.string().transform((text, context) => {
  const parsed = parseNamedHosts(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('must be hosts, addresses or ranges such as 10.1.2.0/24, with commas between them');
  return z.NEVER;
});

/** What masters and executors are told alike of files at addresses that visitors give. */
export const outboundConfigShape = {
  FETCH_PORTS: ports
    .optional()
    .describe(
      'Ports that files are fetched from, with commas between them; the same for masters and executors; default: 80,443.',
    ),
  FETCH_RASTERS: flag(false).describe(
    'Make products of rasters on web servers that visitors name: masters read their headers, executors their windows; the same for both, and executors need a way out.',
  ),
  RASTER_HOSTS: namedHosts
    .optional()
    .describe(
      'Hosts that are not public and that rasters may be read from nevertheless: hosts, addresses or ranges such as 10.1.2.0/24, with commas between them; the same for masters and executors; default: none.',
    ),
} as const satisfies ConfigShape;
