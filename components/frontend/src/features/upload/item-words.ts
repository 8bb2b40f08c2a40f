import type { useTranslations } from 'use-intl';
import type { Formats } from '../../format/use-formats.ts';
import { displayName } from './display-name.ts';
import { joinFacts } from './join-facts.ts';
import { isRaster, type UploadItem } from './upload-item.ts';

export type UploadWords = ReturnType<typeof useTranslations<'upload'>>;

/** What is said of a file: its facts, and how far it is. */
export function itemWords(
  item: UploadItem,
  words: UploadWords,
  formats: Formats,
): { readonly facts: string; readonly state: string } {
  const { facts, image, bytes, share, state, folder, error } = item;
  const format = image?.format ?? facts?.format;
  const width = image?.width ?? facts?.width;
  const height = image?.height ?? facts?.height;
  const told = [
    ...(folder === undefined ? [] : [displayName(folder)]),
    ...(format === undefined ? [] : [format === 'raster' ? words('raster') : format.toUpperCase()]),
    ...(width === undefined || height === undefined ? [] : [formats.size(width, height)]),
    ...(image?.depth === 16 ? [words('deep')] : []),
    ...(bytes > 0 ? [formats.bytes(bytes)] : []),
  ];
  return { facts: joinFacts(told), state: stateWords() };

  function stateWords(): string {
    switch (state) {
      case 'waiting':
        return words(share > 0 ? 'state.waitingPart' : 'state.waiting', { share: formats.percent(share) });
      case 'sending':
        return bytes > 0 ? words('state.sending', { sent: formats.bytes(bytes * share) }) : words('state.fetching');
      case 'checking':
        return words('state.checking');
      case 'paused':
        return words('state.paused', { share: formats.percent(share) });
      case 'missing':
        return words('state.missing', { share: formats.percent(share) });
      case 'lost':
        return error?.code === 'QUOTA_EXCEEDED'
          ? words('state.full')
          : words('state.lost', { code: error?.code ?? '' });
      case 'ready':
        return isRaster(item) ? words('state.raster') : '';
      case 'refused':
        return '';
    }
  }
}
