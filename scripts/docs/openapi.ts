import { openApiDocument } from '@tessera/master';
import type { GeneratedFile } from './write-generated.ts';

/** The description of the HTTP API as a file. */
export function openApiFile(): GeneratedFile {
  return { path: 'docs/openapi.json', content: `${JSON.stringify(openApiDocument(), null, 2)}\n` };
}
