/** A worker thread that blurs and answers with the pixels: `workerData` is the raster. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Raster } from '../raster.ts';
import { runWhole } from '../operations/run-on-grid.fixture.ts';

const { data } = runWhole('gaussian-blur', workerData as Raster, { ksize: 21, sigma: 0 });
parentPort?.postMessage(data);
