import type { RawRequest } from './raw-request.ts';

const BOUNDARY = 'the-boundary-of-the-tests';

/** The head of a part that holds a file; the name goes in as it is. */
export function fileHead(name: string, field = 'image', type = 'image/png'): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
}

/** A part that holds a file. */
export function filePart(name: string, bytes: Uint8Array | string, field?: string): Buffer {
  return Buffer.concat([Buffer.from(fileHead(name, field)), Buffer.from(bytes), Buffer.from('\r\n')]);
}

/** A part that holds a text. */
export function textPart(field: string, value: string): Buffer {
  return Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`);
}

export const END = Buffer.from(`--${BOUNDARY}--\r\n`);

/** The head of an upload request, with the headers that tell the length of its body. */
export function uploadHead(length: string): string {
  return (
    `POST /api/v1/images HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n` +
    `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n${length}\r\n\r\n`
  );
}

/** An upload of parts, whole and well-formed. */
export function uploadOf(...parts: readonly Uint8Array[]): RawRequest {
  const body = Buffer.concat([...parts, END]);
  return { send: [uploadHead(`Content-Length: ${body.length}`), body] };
}
