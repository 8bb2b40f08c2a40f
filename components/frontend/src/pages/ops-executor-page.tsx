import { useParams } from '@tanstack/react-router';
import { ExecutorDetail } from '../features/ops/executor-detail.tsx';
import { OpsFrame } from '../features/ops/ops-frame.tsx';

/** One machine over time. */
export function OpsExecutorPage() {
  const { executor } = useParams({ from: '/ops/executors/$executor' });
  return (
    <OpsFrame>
      <ExecutorDetail key={executor} executor={executor} />
    </OpsFrame>
  );
}
