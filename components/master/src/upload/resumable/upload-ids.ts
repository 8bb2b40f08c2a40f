import { createHmac, timingSafeEqual } from 'node:crypto';

/** An image's id, and as much again that proves whose upload it is; both have 128 bits in base64url. */
const ID = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{22})$/;

/** Ids of uploads: nobody can guess one, and none is of use to another visitor than the one it was given to. */
export interface UploadIds {
  issue(visitor: string): string;
  /** The id of the image that the upload becomes; `undefined` if the upload was not given to this visitor. */
  imageOf(upload: string, visitor: string): string | undefined;
}

/** @param secrets the first proves, all are accepted. */
export function createUploadIds(secrets: readonly [string, ...string[]], newId: () => string): UploadIds {
  return {
    issue(visitor) {
      const image = newId();
      return image + proofOf(image, visitor, secrets[0]);
    },
    imageOf(upload, visitor) {
      const [, image, proof] = ID.exec(upload) ?? [];
      if (image === undefined || proof === undefined) return undefined;
      const given = Buffer.from(proof);
      const own = secrets.some((secret) => timingSafeEqual(Buffer.from(proofOf(image, visitor, secret)), given));
      return own ? image : undefined;
    },
  };
}

function proofOf(image: string, visitor: string, secret: string): string {
  return createHmac('sha256', secret).update(`upload\n${image}\n${visitor}`).digest('base64url').slice(0, 22);
}
