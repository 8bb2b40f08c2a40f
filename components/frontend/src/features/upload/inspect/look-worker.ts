import { drawThumbnail } from './draw-thumbnail.ts';
import type { Look } from './file-facts.ts';
import { lookAtFile, type Limits } from './look-at-file.ts';

/**
 * What the page asks of this worker: to look at a file, to draw it, or both. Whoever looks and goes on to draw need not
 * wait for the page, which is busy with what was just dropped.
 */
export type Question = { readonly id: number; readonly file: Blob } & (
  | { readonly kind: 'look'; readonly limits: Limits | undefined; readonly goOn: boolean }
  | { readonly kind: 'draw'; readonly look: Look }
);

/** What the worker answers; a look that goes on is answered twice. Without a value where the file could not be read. */
export type Answer = { readonly id: number } & (
  | { readonly kind: 'look'; readonly look?: Look | undefined }
  | { readonly kind: 'draw'; readonly picture?: Blob | undefined }
);

async function answer(question: Question): Promise<void> {
  const { id, file } = question;
  let look: Look | undefined;
  if (question.kind === 'look') {
    look = await lookAtFile(file, question.limits).catch(() => undefined);
    postMessage({ kind: 'look', id, look } satisfies Answer);
    if (!question.goOn) return;
  } else {
    look = question.look;
  }
  const picture = look === undefined || look.refusal ? undefined : await drawThumbnail(file, look);
  postMessage({ kind: 'draw', id, picture } satisfies Answer);
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void answer(data);
});
