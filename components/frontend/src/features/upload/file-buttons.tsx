import { Button, type ButtonProps } from '@mantine/core';
import { IconCamera, IconFolder, IconPhotoPlus } from '@tabler/icons-react';
import { useRef, useSyncExternalStore, type ChangeEvent } from 'react';
import { useTranslations } from 'use-intl';
import { chosenFiles, type Arrival } from './arrival.ts';
import { fetchTrayList } from './tray-list-parts.ts';

/** What a dialog for files offers; the server decides by content. */
const ACCEPT = 'image/*,.tif,.tiff,.avif,.jp2';

const touch = window.matchMedia('(pointer: coarse)');
const subscribeTouch = (listener: () => void): (() => void) => {
  touch.addEventListener('change', listener);
  return () => touch.removeEventListener('change', listener);
};

interface FileButtonsProps {
  readonly onFiles: (files: readonly Arrival[]) => void;
  /** Whether files are there already. */
  readonly more: boolean;
  readonly size?: ButtonProps['size'];
}

/** Buttons that choose files, a folder, or take a photo where there is a camera at hand. */
export function FileButtons({ onFiles, more, size = 'sm' }: FileButtonsProps) {
  const words = useTranslations('upload');
  const hasTouch = useSyncExternalStore(subscribeTouch, () => touch.matches);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);

  // React knows no name for this attribute, which makes a file dialog choose folders.
  const takeFolder = (input: HTMLInputElement | null): void => {
    input?.setAttribute('webkitdirectory', '');
    folder.current = input;
  };

  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    onFiles(chosenFiles(currentTarget.files ?? []));
    // The same file may be chosen once more.
    currentTarget.value = '';
  };

  const choose = (input: HTMLInputElement | null): void => {
    fetchTrayList();
    input?.click();
  };

  const inputs = { type: 'file', hidden: true, tabIndex: -1, onChange } as const;
  return (
    <>
      <Button
        size={size}
        variant={more ? 'default' : 'filled'}
        leftSection={<IconPhotoPlus size={17} stroke={1.7} aria-hidden />}
        onClick={() => choose(files.current)}
      >
        {words(more ? 'addImages' : 'chooseImages')}
      </Button>
      <Button
        size={size}
        variant="default"
        leftSection={<IconFolder size={17} stroke={1.7} aria-hidden />}
        onClick={() => choose(folder.current)}
      >
        {words(more ? 'addFolder' : 'chooseFolder')}
      </Button>
      {hasTouch && (
        <Button
          size={size}
          variant="default"
          leftSection={<IconCamera size={17} stroke={1.7} aria-hidden />}
          onClick={() => choose(camera.current)}
        >
          {words('takePhoto')}
        </Button>
      )}
      <input {...inputs} ref={files} multiple accept={ACCEPT} aria-label={words('images')} />
      <input {...inputs} ref={takeFolder} multiple aria-label={words('folder')} />
      <input {...inputs} ref={camera} accept="image/*" capture="environment" aria-label={words('takePhoto')} />
    </>
  );
}
