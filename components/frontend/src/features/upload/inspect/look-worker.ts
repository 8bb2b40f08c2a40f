import { drawThumbnail } from './draw-thumbnail.ts';
import type { Look } from './file-facts.ts';
import { lookAtFile, type Limits } from './look-at-file.ts';

/** What the page asks of this worker. */
export type Question = { readonly id: number; readonly file: Blob } & (
  { readonly kind: 'look'; readonly limits: Limits | undefined } | { readonly kind: 'draw'; readonly look: Look }
);

/** What the worker answers; without `value` where the file could not be read. */
export interface Answer {
  readonly id: number;
  readonly value?: Look | Blob | undefined;
}

async function answer(question: Question): Promise<Answer> {
  const { id, file } = question;
  try {
    const value =
      question.kind === 'look' ? await lookAtFile(file, question.limits) : await drawThumbnail(file, question.look);
    return { id, value };
  } catch {
    return { id };
  }
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void answer(data).then((message) => {
    postMessage(message);
  });
});
