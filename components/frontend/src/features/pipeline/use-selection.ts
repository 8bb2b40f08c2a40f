import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { WorkSearch } from './draft-search.ts';
import type { UploadItem } from '../upload/upload-item.ts';

/** The image of the tray that is looked at: the chosen one, else the first that can be. Its id is in the address. */
export function useSelection(uploads: readonly UploadItem[]) {
  const { image } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [chosen, setChosen] = useState<UploadItem['id']>();
  const usable = uploads.filter(({ state }) => state !== 'refused');
  const selected =
    uploads.find(({ id }) => id === chosen) ??
    (image === undefined ? undefined : uploads.find((item) => item.image?.id === image)) ??
    usable[0];

  const select = (id: UploadItem['id']): void => {
    setChosen(id);
    const stored = uploads.find((item) => item.id === id)?.image?.id;
    void navigate({
      search: ({ image: _before, ...search }: WorkSearch) => ({
        ...search,
        ...(stored !== undefined && { image: stored }),
      }),
      replace: true,
      resetScroll: false,
    });
  };
  return { selected, select };
}
