import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeadFilter } from '@tessera/contracts';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { createRedrive } from '../../api/ops.ts';
import { announce } from '../../app/announce.ts';
import { OPS_KEY } from './use-ops.ts';

/** Milliseconds within which the same order again is taken for a second click of the same intention. */
const SAME = 2000;

/** A text that nobody else makes up; also where the page came over plain HTTP. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Orders a redrive; a double click orders one. */
export function useStartRedrive() {
  const words = useTranslations('ops');
  const queries = useQueryClient();
  const last = useRef<{ readonly text: string; readonly key: string; readonly at: number }>(undefined);
  const keyOf = (text: string): string => {
    const now = performance.now();
    const same = last.current?.text === text && now - last.current.at < SAME;
    const key = same && last.current !== undefined ? last.current.key : newKey();
    last.current = { text, key, at: now };
    return key;
  };
  return useMutation({
    mutationFn: ({ filter, rate }: { readonly filter: DeadFilter; readonly rate: number }) =>
      createRedrive({ key: keyOf(JSON.stringify([filter, rate])), filter, rate }),
    onSuccess: ({ id, total }) => {
      announce(words('redrive.noted', { count: total }), id);
      void queries.invalidateQueries({ queryKey: [OPS_KEY] });
    },
  });
}
