import { displayName } from './display-name.ts';

/** A file's name, whatever it holds: its direction is its own and leaves the words around alone. */
export function FileName({ name }: { readonly name: string }) {
  return <bdi>{displayName(name)}</bdi>;
}
