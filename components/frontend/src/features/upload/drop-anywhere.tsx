import { IconPhotoPlus } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Arrival } from './arrival.ts';
import styles from './drop-anywhere.module.css';
import { fetchTrayList } from './tray-list-parts.ts';
import { droppedFiles } from './dropped-files.ts';

const holdsFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') ?? false;

/** Takes files and folders that are dropped anywhere in the window or pasted, and shows that it would. */
export function DropAnywhere({ onFiles }: { readonly onFiles: (files: readonly Arrival[]) => void }) {
  const words = useTranslations('upload');
  const [over, setOver] = useState(false);

  const take = useEffectEvent((data: DataTransfer) => {
    const { here, later } = droppedFiles(data);
    if (here.length > 0) onFiles(here);
    void later.then((files) => {
      if (files.length > 0) onFiles(files);
    });
  });

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const onDrag = (event: DragEvent): void => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      fetchTrayList();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    window.addEventListener('dragenter', onDrag, { signal });
    window.addEventListener('dragover', onDrag, { signal });
    window.addEventListener(
      'dragleave',
      (event) => {
        // Leaving the window has no element to go to.
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!holdsFiles(event.dataTransfer)) return;
        event.preventDefault();
        take(event.dataTransfer);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (holdsFiles(event.clipboardData)) take(event.clipboardData);
      },
      { signal },
    );
    return () => listening.abort();
  }, []);

  if (!over) return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.frame}>
        <IconPhotoPlus size={44} stroke={1.4} aria-hidden />
        <p>{words('dropHere')}</p>
      </div>
    </div>
  );
}
