import format from './format.json' with { type: 'json' };
import history from './history.json' with { type: 'json' };
import pipeline from './pipeline.json' with { type: 'json' };
import problem from './problem.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import upload from './upload.json' with { type: 'json' };

import type { FirstMessages } from '../index.ts';
export const ar: FirstMessages = {
  format,
  history,
  pipeline,
  problem,
  shell,
  upload,
};
