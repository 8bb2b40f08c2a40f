const MAX_LENGTH = 120;
const FALLBACK = 'image';

/**
 * Makes a name that may be shown and saved anywhere out of what a client called its file: the last part of the path,
 * without control, formatting or surrogate characters, nor any that file systems or HTML give a meaning.
 */
export function displayName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replaceAll(/[<>:"|?*&'`]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  return shorten(clean) || FALLBACK;
}

/** Cuts the stem, not the extension, at `MAX_LENGTH` characters. */
function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_LENGTH) return name;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, MAX_LENGTH - extension.length).join('') + extension;
}

/** The name without its extension. */
export function stemOf(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,8}$/, '') || FALLBACK;
}
