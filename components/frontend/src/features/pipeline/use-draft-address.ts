import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useParts } from '../../app/parts.ts';
import { draftKey, draftOfSearch, EMPTY_KEY, searchOfDraft, type WorkSearch } from './draft-search.ts';
import { EMPTY_HISTORY } from './draft-history.ts';
import { useDraft } from './use-draft.ts';

/** Milliseconds without a change until the draft is written: browsers allow an address to change only so often. */
const WRITE_AFTER = 300;

/** Keeps the draft in the address of the Work page, and takes it from there: after a reload, by a link, by Back. */
export function useDraftAddress(): void {
  const { drafts } = useParts();
  const { draft } = useDraft();
  const search = useSearch({ from: '/' });
  const router = useRouter();
  const navigate = useNavigate({ from: '/' });
  const address = draftKey(search);
  const written = useRef<string>(undefined);

  useEffect(() => {
    // An address without a draft, such as that of the menu, changes nothing.
    if (address === EMPTY_KEY || address === written.current) return;
    written.current = address;
    const { present, past } = drafts.history();
    if (draftKey(searchOfDraft(present)) === address) return;
    const wanted = draftOfSearch(search);
    if (past.length === 0 && present === EMPTY_HISTORY.present) drafts.change({ type: 'reset', draft: wanted });
    else {
      const { nextId: _ids, steps, ...output } = wanted;
      drafts.change({ type: 'load', steps, output });
    }
  }, [address, search, drafts]);

  useEffect(() => {
    const next = searchOfDraft(draft);
    const key = draftKey(next);
    if (key === address) return;
    const timer = setTimeout(() => {
      // On its way to another page the visitor is not called back.
      if (router.latestLocation.pathname !== '/') return;
      written.current = key;
      void navigate({
        search: (before: WorkSearch) => ({ ...next, ...(before.image !== undefined && { image: before.image }) }),
        replace: true,
        resetScroll: false,
      });
    }, WRITE_AFTER);
    return () => clearTimeout(timer);
  }, [draft, address, navigate, router]);
}
