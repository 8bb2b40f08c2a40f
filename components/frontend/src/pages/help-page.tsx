import { useTranslations } from 'use-intl';
import { PageWords } from '../app/page-words.tsx';
import { KeyTable } from '../features/help/key-table.tsx';
import { SiteLimits } from '../features/help/site-limits.tsx';
import styles from '../features/help/help.module.css';
import ar from '../messages/ar/help.json' with { type: 'json' };
import en from '../messages/en/help.json' with { type: 'json' };

const WORDS = { en: { help: en }, ar: { help: ar } };

const STEPS = ['drop', 'choose', 'watch', 'take'] as const;

/** What the site does, what it takes, and which keys there are. */
export function HelpPage() {
  return (
    <PageWords words={WORDS}>
      <Help />
    </PageWords>
  );
}

function Help() {
  const words = useTranslations('help');
  return (
    <article className={styles.help}>
      <h2>{words('title')}</h2>
      <section>
        <h3>{words('how')}</h3>
        <ol className={styles.steps}>
          {STEPS.map((step) => (
            <li key={step}>
              <p>{words(`steps.${step}`)}</p>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{words('limits')}</h3>
        <SiteLimits />
      </section>
      <section id="rasters">
        <h3>{words('rasters.title')}</h3>
        <p>{words('rasters.about')}</p>
        <p>{words('rasters.how')}</p>
        <pre className={styles.command} dir="ltr">
          npx tessera ndvi --red B04.tif --nir B08.tif -o ndvi.tif --server {window.location.origin}
        </pre>
      </section>
      <section>
        <h3>{words('keys')}</h3>
        <KeyTable />
      </section>
      <section>
        <h3>{words('more')}</h3>
        <p>
          <a href="/api/docs">{words('api')}</a>
        </p>
        <p>{words('command')}</p>
        <pre className={styles.command} dir="ltr">
          npx tessera submit photos/ --op sharpen --download out/ --server {window.location.origin}
        </pre>
      </section>
    </article>
  );
}
