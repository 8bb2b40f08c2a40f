/**
 * A `Content-Disposition` that saves the file under a name. Old programs get a name of plain letters, others the real
 * one. Sources: RFC 6266, section 4; RFC 8187, section 3.2.
 *
 * @param name already cleaned by `displayName`.
 */
export function attachment(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._ -]/gu, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  // A name of nothing but marks has no plain letters left.
  return `attachment; filename="${plain || '_'}"; filename*=UTF-8''${encoded}`;
}
