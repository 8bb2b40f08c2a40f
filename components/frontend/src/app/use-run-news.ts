import type { JobDto } from '@tessera/contracts';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { announce } from './announce.ts';
import { RunFollower, type RunNews } from './run-news.ts';

/** Says what becomes of jobs. @param loaded false until the jobs that were there before are known. */
export function useRunNews(jobs: readonly JobDto[], loaded: boolean): void {
  const words = useTranslations('shell.said');
  const { percent } = useFormats();
  const [follower] = useState(() => new RunFollower());

  useEffect(() => {
    if (!loaded) return;
    const sentence = ({ kind, name, count, failed, share }: RunNews): string => {
      if (kind === 'share')
        return count === 1
          ? words('share', { name, share: percent(share) })
          : words('shareAll', { count, share: percent(share) });
      return count === 1
        ? words(`one.${kind}`, { name })
        : words(`all.${kind}`, { count, failed, done: count - failed });
    };
    for (const news of follower.follow(jobs)) announce(sentence(news), news.kind === 'share' ? news.about : undefined);
  }, [jobs, loaded, follower, words, percent]);
}
