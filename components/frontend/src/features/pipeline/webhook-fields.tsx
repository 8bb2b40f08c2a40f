import '../../theme/mantine-inputs.css';
import { TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { AdvancedProps } from './advanced.tsx';
import { isSecret, isWebhook } from './draft.ts';

/** The address that is told when the work has ended, and the key by which its receiver knows this site. */
export function WebhookFields({ draft, set }: AdvancedProps) {
  const words = useTranslations('pipeline.output');
  const { webhook, webhookSecret } = draft;
  return (
    <>
      <TextInput
        type="url"
        label={words('webhook')}
        description={words('webhookAbout')}
        placeholder="https://"
        maxLength={2048}
        value={webhook}
        error={isWebhook(webhook) ? undefined : words('webhookBad')}
        onChange={(event) => set({ webhook: event.currentTarget.value, webhookSecret: webhookSecret || newSecret() })}
      />
      {webhook.trim() !== '' && (
        <TextInput
          label={words('webhookSecret')}
          description={words('webhookSecretAbout')}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          value={webhookSecret}
          error={isSecret(webhookSecret) ? undefined : words('webhookSecretBad')}
          onChange={(event) => set({ webhookSecret: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** 256 random bits in hex. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
