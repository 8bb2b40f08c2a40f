import { OpsFrame } from '../features/ops/ops-frame.tsx';
import { Queues } from '../features/ops/queues.tsx';

/** What waits where. */
export function OpsQueuesPage() {
  return (
    <OpsFrame>
      <Queues />
    </OpsFrame>
  );
}
