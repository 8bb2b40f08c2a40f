import { Button } from '@mantine/core';
import { useId, useState, type SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import styles from './add-images.module.css';

/** A field for the address of an image, which the server fetches. */
export function AddressField({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const words = useTranslations('upload');
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);
  const problem = useId();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const url = URL.parse(address.trim());
    const right = url?.protocol === 'https:' || url?.protocol === 'http:';
    setWrong(!right);
    if (!right) return;
    onAddress(url.href);
    setAddress('');
  };

  return (
    <form className={styles.address} onSubmit={submit} noValidate>
      <span className={styles.addressInput}>
        <input
          type="url"
          dir="ltr"
          aria-label={words('address')}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? problem : undefined}
          placeholder="https://…"
          value={address}
          onChange={({ currentTarget }) => {
            setAddress(currentTarget.value);
            setWrong(false);
          }}
        />
        {wrong && (
          <small id={problem} role="alert">
            {words('addressWrong')}
          </small>
        )}
      </span>
      <Button type="submit" size="sm" variant="default">
        {words('fetch')}
      </Button>
    </form>
  );
}
