import format from './format.json' with { type: 'json' };
import history from './history.json' with { type: 'json' };
import pipeline from './pipeline.json' with { type: 'json' };
import problem from './problem.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import upload from './upload.json' with { type: 'json' };

/** English, which every other language follows: the same keys, the same places for figures. */
export const en = {
  format,
  history,
  pipeline,
  problem,
  shell,
  upload,
};
