/** An S3-compatible server, its root keys and an existing bucket. */
export interface ProvidedS3 {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
}

declare module 'vitest' {
  /**
   * What `inject(…)` of vitest gives. A server is started only when a test file of the run, or a file that it imports by
   * a relative path, contains `inject('<name>')` literally.
   */
  export interface ProvidedContext {
    /** `amqp://user:password@host:port` of a RabbitMQ shared by all test files: name queues uniquely. */
    amqpUrl: string;
    /** URL of a database whose user may `CREATE DATABASE`. */
    postgresUrl: string;
    s3: ProvidedS3;
    /** Path of a Chromium or Chrome executable. */
    chromium: string;
    /** Path of the data of an empty, migrated PGlite, an archive of tar: see pglite-beginning.ts. */
    pgliteTemplate: string;
    /** Address of a docker engine, `unix://…`. */
    dockerHost: string;
  }
}
