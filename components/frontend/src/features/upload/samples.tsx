import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { unreachable } from '../../api/api-error.ts';
import styles from './add-images.module.css';
import type { Arrival } from './arrival.ts';

/** Photos that come with the page; see `public/samples/README.md` for owners and licences. */
const SAMPLES = [
  { key: 'rocket', file: 'rocket.jpg', type: 'image/jpeg' },
  { key: 'cat', file: 'chelsea.png', type: 'image/png' },
  { key: 'coffee', file: 'coffee.png', type: 'image/png' },
] as const;

type Sample = (typeof SAMPLES)[number];

async function fetchSample({ file, type }: Sample): Promise<File> {
  const answer = await fetch(`/samples/${file}`);
  if (!answer.ok) throw unreachable();
  return new File([await answer.blob()], file, { type, lastModified: 0 });
}

/** Photos to try the site with; they go the same way as any other. */
export function Samples({ onFiles }: { readonly onFiles: (files: readonly Arrival[]) => void }) {
  const words = useTranslations('upload');
  const [loading, setLoading] = useState<string>();

  const take = async (sample: Sample): Promise<void> => {
    setLoading(sample.key);
    try {
      onFiles([{ file: await fetchSample(sample) }]);
    } catch {
      // The banner says that the server is away; the button may be pressed again.
    } finally {
      setLoading(undefined);
    }
  };

  return (
    <div className={styles.samples}>
      <p id="samples-title">{words('samples')}</p>
      <ul className={styles.sampleList} aria-labelledby="samples-title">
        {SAMPLES.map((sample) => (
          <li key={sample.key}>
            <UnstyledButton
              className={styles.sample}
              data-loading={loading === sample.key || undefined}
              onClick={() => void take(sample)}
            >
              <img src={`/samples/${sample.key}.webp`} alt="" width={72} height={54} loading="lazy" />
              <span>{words(`sample.${sample.key}`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
