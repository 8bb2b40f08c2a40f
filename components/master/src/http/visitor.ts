import type { Request, Response } from 'express';
import { sign, unsign } from 'cookie-signature';

const LIFETIME = 180 * 24 * 60 * 60 * 1000;
const ID = /^[A-Za-z0-9_-]{22}$/;

/** Tells visitors apart by a signed random cookie. It names nobody; lists and quotas are bound to it. */
export interface Visitors {
  /** The visitor of a request; one without a valid cookie is given a new one with the answer. */
  identify(request: Request, response: Response): string;
}

/**
 * @param secrets sign the cookie, so that nobody can take a made-up identity: the first signs, all are accepted. Whoever
 * comes with a cookie of another one is given a new one for the same visitor.
 * @param newId gives 128-bit ids in base64url.
 */
export function createVisitors(secrets: readonly [string, ...string[]], newId: () => string): Visitors {
  const issued = new WeakMap<Request, string>();
  return {
    identify(request, response) {
      const before = issued.get(request);
      if (before !== undefined) return before;
      const name = cookieName(request);
      const given: unknown = (request.cookies as Readonly<Record<string, unknown>> | undefined)?.[name];
      const read = typeof given === 'string' ? secrets.map((secret) => unsign(given, secret)) : [];
      const known = read.find((value) => value !== false && ID.test(value));
      const visitor = known || newId();
      issued.set(request, visitor);
      if (read[0] !== visitor) {
        response.cookie(name, sign(visitor, secrets[0]), {
          httpOnly: true,
          sameSite: 'lax',
          secure: request.secure,
          path: '/',
          maxAge: LIFETIME,
        });
      }
      return visitor;
    },
  };
}

/** Browsers accept a `__Host-` cookie only over TLS and only from the very host, so nobody else can plant it. */
function cookieName(request: Request): string {
  return request.secure ? '__Host-tessera' : 'tessera';
}
