import { OpsFrame } from '../features/ops/ops-frame.tsx';
import { Overview } from '../features/ops/overview.tsx';

/** Is it healthy? What needs a human? */
export function OpsOverviewPage() {
  return (
    <OpsFrame>
      <Overview />
    </OpsFrame>
  );
}
