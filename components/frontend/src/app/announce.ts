import { SpeechQueue } from './speech-queue.ts';

/** The one queue of this page, said by the one region of `Announcer`. */
export const speech = new SpeechQueue({
  now: () => performance.now(),
  wait: (milliseconds, then) => void setTimeout(then, milliseconds),
});

/**
 * Says a sentence to screen readers, at the latest some seconds later, and not again within a minute.
 *
 * @param about what it is about, for example a job's id: of sentences about the same that still wait only the last is
 * said.
 */
export function announce(sentence: string, about?: string): void {
  speech.say(sentence, about);
}
