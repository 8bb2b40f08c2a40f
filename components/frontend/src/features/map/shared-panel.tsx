import '../../theme/mantine-inputs.css';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconColumns2, IconExternalLink, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CatalogueEntry, CatalogueProduct, Geometry } from '@tessera/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { deleteCatalogueEntry } from '../../api/catalogue.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { CornerPicker } from './bounds-fields.tsx';
import { mapElsewhere } from './elsewhere.ts';
import { EntryForm } from './entry-form.tsx';
import styles from './map-panel.module.css';
import { sharedProduct } from './product-name.ts';
import type { Catalogue } from './use-catalogue.ts';
import type { ChangeMap } from './use-map-search.ts';

interface SharedPanelProps {
  readonly catalogue: Catalogue;
  readonly picker: CornerPicker;
  /** The product on the map, which another one can be laid beside. */
  readonly product: string | undefined;
  readonly onChange: ChangeMap;
  readonly onGo: (geometry: Geometry) => void;
}

/** What is shared: products and entries, as a list beside their outlines on the map, and a form for new entries. */
export function SharedPanel({ catalogue, picker, product, onChange, onGo }: SharedPanelProps) {
  const words = useTranslations('map.shared');
  const [adding, setAdding] = useState(false);
  const { products, entries, isPending, error } = catalogue;
  if (adding) return <EntryForm picker={picker} onEnd={() => setAdding(false)} onGo={onGo} />;
  return (
    <div className={styles.stack}>
      <TextInput
        label={words('search')}
        value={catalogue.sought}
        onChange={(event) => catalogue.setSought(event.currentTarget.value)}
      />
      {error && <p className={styles.trouble}>{words('trouble')}</p>}
      <section className={styles.stack} aria-label={words('products')}>
        <h3 className={styles.name}>{words('products')}</h3>
        {products.length === 0 && !isPending && <p className={styles.hint}>{words('noProducts')}</p>}
        <ul className={styles.things}>
          {products.map((one) => (
            <ProductRow key={one.id} one={one} shown={product} onChange={onChange} />
          ))}
        </ul>
      </section>
      <section className={styles.stack} aria-label={words('entries')}>
        <h3 className={styles.name}>{words('entries')}</h3>
        {entries.length === 0 && !isPending && <p className={styles.hint}>{words('noEntries')}</p>}
        <ul className={styles.things}>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} onGo={onGo} />
          ))}
        </ul>
        <Button variant="default" onClick={() => setAdding(true)}>
          {words('add')}
        </Button>
      </section>
    </div>
  );
}

interface ProductRowProps {
  readonly one: CatalogueProduct;
  readonly shown: string | undefined;
  readonly onChange: ChangeMap;
}

function ProductRow({ one, shown, onChange }: ProductRowProps) {
  const words = useTranslations('map.shared');
  const formats = useFormats();
  const id = sharedProduct(one.id);
  const elsewhere = mapElsewhere(one, window.location.href);
  const fresh = { palette: undefined, low: undefined, high: undefined };
  const facts = [
    one.index?.toUpperCase(),
    formats.size(one.width, one.height),
    one.creator || undefined,
    one.site ?? undefined,
  ];
  const about = (
    <>
      <bdi>{one.name}</bdi>
      <small>{facts.filter((part) => part !== undefined).join(' · ')}</small>
    </>
  );
  if (elsewhere !== undefined) {
    return (
      <li>
        <a className={styles.thing} id={id} href={elsewhere} target="_blank" rel="noreferrer">
          {about}
          <small>
            <IconExternalLink size={13} aria-hidden /> {words('elsewhere')}
          </small>
        </a>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className={styles.thing}
        aria-current={shown === id}
        onClick={() => onChange({ ...fresh, product: id, beside: undefined })}
      >
        {about}
      </button>
      {shown !== undefined && shown !== id && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words('compare', { name: one.name })}
          title={words('compare', { name: one.name })}
          onClick={() => onChange({ beside: id })}
        >
          <IconColumns2 size={17} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function EntryRow({ entry, onGo }: { readonly entry: CatalogueEntry; readonly onGo: SharedPanelProps['onGo'] }) {
  const words = useTranslations('map.shared');
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteCatalogueEntry(entry.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['catalogue', 'entries'] }),
  });
  const picture = entry.image?.startsWith('/') === true ? entry.image : undefined;
  return (
    <li>
      <button type="button" className={styles.thing} onClick={() => onGo(entry.geometry)}>
        <bdi>{entry.name}</bdi>
        <small>
          {[words(`kinds.${entry.kind}`), entry.creator, entry.site ?? ''].filter((part) => part !== '').join(' · ')}
        </small>
        {entry.description !== '' && <small>{entry.description}</small>}
      </button>
      {picture !== undefined && <img className={styles.thumb} src={picture} alt="" loading="lazy" />}
      {entry.own && (
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={words('remove', { name: entry.name })}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <IconTrash size={17} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}
