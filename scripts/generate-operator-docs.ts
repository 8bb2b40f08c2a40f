// Writes the configuration table of docs/operator.md and .env.example; --check only compares.
import { operatorDocs } from './docs/operator-docs.ts';
import { writeGenerated } from './docs/write-generated.ts';

process.exitCode = writeGenerated(operatorDocs(), { check: process.argv.includes('--check') });
