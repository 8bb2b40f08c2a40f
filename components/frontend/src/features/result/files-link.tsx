import { Anchor } from '@mantine/core';
import type { ResultFilesRef } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import styles from './result-panel.module.css';

/** The address from which a viewer finds all tiles of a result. */
export function FilesLink({ files }: { readonly files: ResultFilesRef }) {
  const words = useTranslations('result.panel');
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
