import { useNavigate, useSearch } from '@tanstack/react-router';
import { HistoryView } from '../features/history/history-view.tsx';

/** The visitor's jobs; what is shown of them is in the address. */
export function HistoryPage() {
  const search = useSearch({ from: '/history' });
  const navigate = useNavigate({ from: '/history' });
  return <HistoryView search={search} onSearch={(next) => void navigate({ search: next, replace: true })} />;
}
