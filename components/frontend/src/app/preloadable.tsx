import { lazy, useState, type ComponentType } from 'react';
import { loadPatiently } from '../api/load-patiently.ts';

/**
 * A part of the page that is fetched when it is first shown, and shown without a moment of emptiness where it was
 * fetched before: `lazy` alone shows its fallback even then, and React keeps a fallback for a while.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let fetched: ComponentType<Props> | undefined;
  const fetch = async (): Promise<ComponentType<Props>> => (fetched ??= await loadPatiently(load));
  const Late: ComponentType<Props> = lazy(async () => ({ default: await fetch() }));

  function Part(props: Props) {
    // As it was when it was first shown: another component would forget where its visitor had scrolled to.
    const [Shown] = useState(() => fetched ?? Late);
    return <Shown {...props} />;
  }

  /** Fetches the part for somebody who is about to need it. */
  const preload = (): void => {
    fetch().catch(() => undefined);
  };
  return { Part, preload };
}
