import { createHmac } from 'node:crypto';

/** `Tessera-Signature` of a body that is sent now: the time in Unix seconds, and an HMAC-SHA256 over it and the body. */
export function sign(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
