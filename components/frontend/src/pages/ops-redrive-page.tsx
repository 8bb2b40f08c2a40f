import { useParams } from '@tanstack/react-router';
import { OpsFrame } from '../features/ops/ops-frame.tsx';
import { RedriveDetail } from '../features/ops/redrive-detail.tsx';

/** A redrive: how far it is, and how to stop it. */
export function OpsRedrivePage() {
  const { redrive } = useParams({ from: '/ops/redrives/$redrive' });
  return (
    <OpsFrame>
      <RedriveDetail key={redrive} redrive={redrive} />
    </OpsFrame>
  );
}
