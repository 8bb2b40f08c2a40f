/**
 * Marks that turn the direction of what follows, by which `gpj.exe` can be made to look like `exe.jpg`, and control
 * characters. Unicode Standard Annex 9, section 2.
 */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A file name as it may be shown: one line, and nothing in it hides or turns letters. */
export function displayName(name: string): string {
  return name.replace(INVISIBLE, '\ufffd');
}
