// Writes docs/openapi.json; --check only compares.
import { openApiFile } from './docs/openapi.ts';
import { writeGenerated } from './docs/write-generated.ts';

process.exitCode = writeGenerated([openApiFile()], { check: process.argv.includes('--check') });
