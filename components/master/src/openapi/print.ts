/** Writes the OpenAPI document to standard output: `node components/master/src/openapi/print.ts > docs/openapi.json`. */
import { openApiDocument } from './document.ts';

process.stdout.write(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
