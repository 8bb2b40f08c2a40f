import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { stageUnderWay } from './stage-under-way.ts';
import { useStageWords } from './use-stage-words.ts';

/** Says in a sentence what a job is doing, or how it ended. */
export function useHeadline(): (job: JobDto) => string {
  const words = useTranslations('watch');
  const stageWords = useStageWords();
  const formats = useFormats();

  const running = (job: JobDto): string => {
    const stage = stageUnderWay(job);
    const name = stageWords(stage?.kind ?? 'other');
    if (!stage || stage.tasks === 1) return words('headline.running', { stage: name });
    const regions = words('regionsOf', { done: formats.count(stage.done), total: stage.tasks });
    return words('headline.runningOf', { stage: name, regions });
  };

  return (job) => {
    const { state, progress, waitsFor, result, timings } = job;
    const open = state === 'queued' || state === 'running';
    if (open && waitsFor === 'executor') return words('headline.noExecutor');
    if (open && waitsFor === 'willing-executor') return words('headline.noWilling');
    switch (state) {
      case 'queued':
        return progress.ahead === undefined
          ? words('headline.queued')
          : words('headline.queuedBehind', { ahead: progress.ahead });
      case 'running':
        return running(job);
      case 'done': {
        if (result?.reused) return words('headline.reused');
        const began = Date.parse(timings.startedAt ?? timings.createdAt);
        const seconds = (Date.parse(timings.finishedAt ?? timings.createdAt) - began) / 1000;
        return words('headline.done', { duration: formats.duration(seconds) });
      }
      case 'failed':
        return words('headline.failed');
      case 'cancelled':
        return words('headline.cancelled');
    }
  };
}
