import type { RedriveDto } from '@tessera/contracts';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';

/** Says aloud what became of redrives that were open a moment ago. */
export function useRedriveNews(redrives: readonly RedriveDto[]): void {
  const words = useTranslations('ops');
  const open = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const { id, state, succeeded, failed } of redrives) {
      if (!open.current.has(id)) continue;
      if (state === 'done') announce(words('redrive.over', { succeeded, failed }), id);
      if (state === 'cancelled') announce(words('redrive.stopped'), id);
    }
    open.current = new Set(redrives.filter(({ finishedAt }) => finishedAt === null).map(({ id }) => id));
  }, [redrives, words]);
}
