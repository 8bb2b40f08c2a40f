import { Button } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useRef, type ChangeEvent } from 'react';
import styles from './upload.module.css';

interface ChooseFilesProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** Whether files are there already: the area then takes less room. */
  readonly compact: boolean;
}

/** The area to drop files on, with buttons for those who rather choose. */
export function ChooseFiles({ onFiles, compact }: ChooseFilesProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  // React knows no name for this attribute, which makes a file dialog choose folders.
  const takeFolder = (input: HTMLInputElement | null): void => {
    input?.setAttribute('webkitdirectory', '');
    folder.current = input;
  };

  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const visible = [...(currentTarget.files ?? [])].filter(({ name }) => !name.startsWith('.'));
    onFiles(visible);
    // The same file may be chosen once more.
    currentTarget.value = '';
  };

  return (
    <div className={styles.area} data-compact={compact || undefined}>
      {!compact && <IconPhotoPlus className={styles.areaIcon} size={34} stroke={1.3} aria-hidden />}
      {!compact && <p className={styles.areaWords}>Drop images anywhere, paste them, or</p>}
      <div className={styles.areaButtons}>
        <Button size="sm" variant="default" onClick={() => files.current?.click()}>
          {compact ? 'Add images' : 'Choose images'}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={() => folder.current?.click()}>
          {compact ? 'Add folder' : 'Choose folder'}
        </Button>
      </div>
      {!compact && <p className={styles.areaHint}>JPEG, PNG, WebP, AVIF, TIFF or GIF</p>}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept="image/*,.tif,.tiff,.avif"
        aria-label="Images"
        onChange={onChange}
      />
      <input ref={takeFolder} type="file" multiple hidden aria-label="Folder" onChange={onChange} />
    </div>
  );
}
