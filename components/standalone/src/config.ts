import { decoderConfigShape } from '@tessera/codec';
import { executorWorkShape } from '@tessera/executor';
import { masterWorkShape } from '@tessera/master';
import type { ConfigShape } from '@tessera/runtime';
import { telemetryConfigShape } from '@tessera/telemetry/config';
import { z } from 'zod';

const { COOKIE_SECRET, MASTER_SCRATCH: _master, ...master } = masterWorkShape;
const { EXECUTOR_SCRATCH: _executor, ...executor } = executorWorkShape;

/** Master and executor in one process, with everything they keep in one folder. */
export const standaloneConfigShape = {
  ...master,
  ...executor,
  ...decoderConfigShape,
  ...telemetryConfigShape,
  FETCH_RASTERS: master.FETCH_RASTERS.unwrap()
    .default(true)
    .describe('Make products of rasters on web servers that visitors name.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 opens the site to the network.'),
  COOKIE_SECRET: COOKIE_SECRET.optional().describe(
    'Signs the visitor cookie: 32 characters or more; default: made at the first start and kept in the data folder.',
  ),
  LOG_LEVEL: master.LOG_LEVEL.unwrap().default('warn').describe('Least severe lines that are logged.'),
  TESSERA_DATA: z.string().default('./data').describe('Folder for images, results, the database and scratch files.'),
} as const satisfies ConfigShape;

export type StandaloneConfig = Readonly<z.output<z.ZodObject<typeof standaloneConfigShape>>>;
