import { Anchor } from '@mantine/core';
import type { ResultFilesRef } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './result-panel.module.css';

/** The pictures of a result of several, or the address from which a viewer finds all its tiles. */
export function FilesLink({ files }: { readonly files: ResultFilesRef }) {
  const words = useTranslations('result.panel');
  const formats = useFormats();
  const folder = files.url.slice(0, -files.main.length);
  if (files.pictures) {
    return (
      <ul className={styles.files}>
        {files.pictures.map(({ name, width, height, bytes }) => (
          <li key={name}>
            <Anchor href={folder + name} download>
              {formats.size(width, height)}
            </Anchor>{' '}
            · {formats.bytes(bytes)}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <p className={styles.files}>
      {words.rich('viewer', {
        link: () => (
          <Anchor href={files.url} dir="ltr">
            {files.main}
          </Anchor>
        ),
      })}
    </p>
  );
}
