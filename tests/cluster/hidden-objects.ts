import { CopyObjectCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ProvidedS3 } from '../services/provided.ts';

/** Takes objects of a site away behind its back, and brings them back. */
export class HiddenObjects {
  readonly #client: S3Client;
  readonly #bucket: string;
  #hidden: string[] = [];

  constructor({ endpoint, region, accessKeyId, secretAccessKey, bucket }: ProvidedS3) {
    this.#bucket = bucket;
    const credentials = { accessKeyId, secretAccessKey };
    this.#client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  }

  async hide(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#move(key, `hidden/${key}`);
      this.#hidden.push(key);
    }
  }

  async restore(): Promise<void> {
    for (const key of this.#hidden.splice(0)) await this.#move(`hidden/${key}`, key);
  }

  close(): void {
    this.#client.destroy();
  }

  async #move(from: string, to: string): Promise<void> {
    const Bucket = this.#bucket;
    await this.#client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` }));
    await this.#client.send(new DeleteObjectCommand({ Bucket, Key: from }));
  }
}
