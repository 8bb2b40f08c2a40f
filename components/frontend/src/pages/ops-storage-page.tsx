import { OpsFrame } from '../features/ops/ops-frame.tsx';
import { Storage } from '../features/ops/storage.tsx';

/** What is stored, and for how long. */
export function OpsStoragePage() {
  return (
    <OpsFrame>
      <Storage />
    </OpsFrame>
  );
}
