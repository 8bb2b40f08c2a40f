/** Puts a text on the clipboard; tells whether that was done. Browsers give sites without TLS no clipboard. */
export async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
