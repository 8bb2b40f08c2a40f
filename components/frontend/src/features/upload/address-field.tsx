import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import styles from './add-images.module.css';

/** A field for the address of an image, which the server fetches. */
export function AddressField({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const words = useTranslations('upload');
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);

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
      <TextInput
        className={styles.addressInput}
        type="url"
        dir="ltr"
        size="sm"
        aria-label={words('address')}
        placeholder="https://…"
        value={address}
        error={wrong && words('addressWrong')}
        onChange={({ currentTarget }) => {
          setAddress(currentTarget.value);
          setWrong(false);
        }}
      />
      <Button type="submit" size="sm" variant="default">
        {words('fetch')}
      </Button>
    </form>
  );
}
