import { Button } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ImageDto } from '@tessera/contracts';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { uploadImage } from '../../../api/upload-image.ts';
import { announce } from '../../../app/announce.ts';
import styles from './image-parameter.module.css';

/** Adds an image that is read by a step, and not processed itself. */
export function AddImage({ onAdded }: { readonly onAdded: (image: ImageDto) => void }) {
  const words = useTranslations('combine');
  const input = useRef<HTMLInputElement>(null);
  const { mutate, isPending, isError, error, variables } = useMutation({
    mutationFn: (file: File) =>
      uploadImage(file, { signal: new AbortController().signal, onProgress: () => undefined }),
    onSuccess: (image) => {
      announce(words('added', { name: image.name }));
      onAdded(image);
    },
    onError: (failure, file) => announce(words('notAdded', { name: file.name, reason: failure.message })),
  });
  return (
    <div className={styles.add}>
      <input
        ref={input}
        type="file"
        accept="image/*,.tif,.tiff,.avif"
        hidden
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) mutate(file);
          // The same file may be chosen once more.
          currentTarget.value = '';
        }}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPhotoPlus size={15} stroke={1.7} aria-hidden />}
        loading={isPending}
        onClick={() => input.current?.click()}
      >
        {words('add')}
      </Button>
      {isPending && <span className={styles.more}>{words('adding', { name: variables.name })}</span>}
      {isError && (
        <p className={styles.wrong}>
          <span aria-hidden>✕</span> {words('notAdded', { name: variables.name, reason: error.message })}
        </p>
      )}
    </div>
  );
}
