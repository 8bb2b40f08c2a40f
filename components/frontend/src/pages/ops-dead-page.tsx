import { useParams } from '@tanstack/react-router';
import { DeadLetters } from '../features/ops/dead-letters.tsx';
import { OpsFrame } from '../features/ops/ops-frame.tsx';

/** What failed, why, and what can be done about it. */
export function OpsDeadPage() {
  const { group } = useParams({ strict: false });
  return (
    <OpsFrame>
      <DeadLetters group={group} />
    </OpsFrame>
  );
}
