import { Executors } from '../features/ops/executors.tsx';
import { OpsFrame } from '../features/ops/ops-frame.tsx';

/** Who works, on what. */
export function OpsExecutorsPage() {
  return (
    <OpsFrame>
      <Executors />
    </OpsFrame>
  );
}
