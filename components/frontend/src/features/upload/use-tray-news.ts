import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import type { TraySums } from './tray-sums.ts';

/** Says what happened to the tray as a whole: that all is there, that some was refused, that something is needed. */
export function useTrayNews(sums: TraySums): void {
  const words = useTranslations('upload');
  const before = useRef(sums);
  useEffect(() => {
    const was = before.current;
    before.current = sums;
    if (sums.refused > was.refused) announce(words('news.refused', { count: sums.refused }), 'tray-refused');
    if (sums.attention > was.attention) announce(words('news.attention', { count: sums.attention }), 'tray-attention');
    if (was.underWay > 0 && sums.underWay === 0 && sums.ready > 0 && sums.paused === 0) {
      announce(words('news.ready', { count: sums.ready }), 'tray-ready');
    }
  }, [sums, words]);
}
