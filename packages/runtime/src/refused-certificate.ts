/**
 * Codes of Node and OpenSSL for a server whose certificate is not signed by an authority that is trusted, is out of its
 * time, or is for another name. Source: Node documentation, "X509 certificate error codes".
 */
const CODES: ReadonlySet<unknown> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** How far down causes are looked for. */
const MAX_DEPTH = 5;

/** What TLS says against the certificate of a server, if that is what the error, or a cause of it, is about. */
export function refusedCertificate(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return undefined;
  if ('code' in error && CODES.has(error.code)) return error.message;
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return causes.map((cause) => refusedCertificate(cause, depth + 1)).find((text) => text !== undefined);
}
