/** Files, PEM, that a test server uses to speak TLS on its port and nothing else. */
export interface ServerTls {
  /** Certificate of the authority that signed the server's. */
  readonly caFile: string;
  readonly cert: string;
  readonly key: string;
}
