import { OpsFrame } from '../features/ops/ops-frame.tsx';
import { WebhookDeliveries } from '../features/ops/webhook-deliveries.tsx';

/** What webhooks are told, and whether they were reached. */
export function OpsWebhooksPage() {
  return (
    <OpsFrame>
      <WebhookDeliveries />
    </OpsFrame>
  );
}
