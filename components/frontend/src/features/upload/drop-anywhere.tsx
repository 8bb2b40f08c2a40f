import { useEffect, useEffectEvent, useState } from 'react';
import { IconPhotoPlus } from '@tabler/icons-react';
import { droppedFiles } from './dropped-files.ts';
import styles from './upload.module.css';

const holdsFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere in the window or pasted, and shows that it would. */
export function DropAnywhere({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);

  const take = useEffectEvent(async (data: DataTransfer) => {
    const files = await droppedFiles(data);
    if (files.length > 0) onFiles(files);
  });

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const onDrag = (event: DragEvent): void => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
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
        void take(event.dataTransfer);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (holdsFiles(event.clipboardData)) void take(event.clipboardData);
      },
      { signal },
    );
    return () => listening.abort();
  }, []);

  if (!over) return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.overlayFrame}>
        <IconPhotoPlus size={44} stroke={1.4} aria-hidden />
        <p>Drop the images anywhere</p>
      </div>
    </div>
  );
}
