import { useQueryClient } from '@tanstack/react-query';
import type { SavedPipelineDto } from '@tessera/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { deletePipeline, PIPELINES_KEY } from '../../api/saved-pipelines.ts';
import { announce } from '../../app/announce.ts';

/** Milliseconds for which a deleted pipeline can come back. */
const UNDO = 10_000;

/** Deletions that wait for their end; whoever leaves the page ends the waiting. */
export function useRemovals() {
  const words = useTranslations('pipelines');
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const forget = (id: string): void => {
    clearTimeout(waiting.current.get(id));
    waiting.current.delete(id);
  };
  const finish = async (id: string): Promise<void> => {
    forget(id);
    await deletePipeline(id).catch(() => undefined);
    await queries.invalidateQueries({ queryKey: PIPELINES_KEY });
    setRemoved((before) => new Set([...before].filter((other) => other !== id)));
  };

  useEffect(() => {
    const open = waiting.current;
    return () => {
      for (const [id, timer] of open) {
        clearTimeout(timer);
        void deletePipeline(id)
          .catch(() => undefined)
          .then(() => queries.invalidateQueries({ queryKey: PIPELINES_KEY }));
      }
      open.clear();
    };
  }, [queries]);

  return {
    removed,
    remove: ({ id, name }: Pick<SavedPipelineDto, 'id' | 'name'>): void => {
      waiting.current.set(
        id,
        setTimeout(() => void finish(id), UNDO),
      );
      setRemoved((before) => new Set([...before, id]));
      announce(words('deleted', { name }), id);
    },
    undo: (id: string): void => {
      forget(id);
      setRemoved((before) => new Set([...before].filter((other) => other !== id)));
    },
  };
}
