import { z } from 'zod';
import type { ConfigShape } from '../config.ts';

/** Port numbers with commas between them. */
export const ports = z
  .string()
  .transform((text) => text.split(',').map((port) => (/^\s*\d{1,5}\s*$/.test(port) ? Number(port) : Number.NaN)))
  .pipe(z.array(z.int({ error: 'must be port numbers with commas between them' }).min(1).max(65_535)));

/** What masters and executors are told alike of files at addresses that visitors give. */
export const outboundConfigShape = {
  FETCH_PORTS: ports
    .optional()
    .describe(
      'Ports that files are fetched from, with commas between them; the same for masters and executors; default: 80,443.',
    ),
} as const satisfies ConfigShape;
