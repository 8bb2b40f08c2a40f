/** A container as far as the tests look at it. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
  readonly securityContext: unknown;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

/** A pod as far as the tests look at it. */
export interface PodSpec {
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: unknown;
  readonly containers: readonly [Container];
  readonly volumes: readonly {
    readonly name: string;
    readonly emptyDir?: { readonly sizeLimit: string };
    readonly secret?: { readonly secretName: string };
  }[];
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

/** Rendered manifests, found by kind and name. */
export class Manifests {
  readonly all: readonly Manifest[];

  constructor(documents: readonly unknown[]) {
    this.all = documents as readonly Manifest[];
  }

  ofKind(kind: string): readonly Manifest[] {
    return this.all.filter((manifest) => manifest.kind === kind);
  }

  /** The only one of a kind whose name is this, or begins with it and a hash. */
  one(kind: string, name: string): Manifest {
    const found = this.ofKind(kind).filter(({ metadata }) =>
      new RegExp(`^${name}(-[a-z0-9]{10})?$`).test(metadata.name),
    );
    const [manifest] = found;
    if (!manifest || found.length > 1) throw new Error(`There are ${String(found.length)} of ${kind} ${name}.`);
    return manifest;
  }

  pod(deployment: string): PodSpec {
    return (this.one('Deployment', deployment).spec as { template: { spec: PodSpec } }).template.spec;
  }

  /** All variables of a deployment's container. */
  variables(deployment: string): Readonly<Record<string, string>> {
    const [{ env = [], envFrom }] = this.pod(deployment).containers;
    const settings = envFrom.map(
      ({ configMapRef }) =>
        this.all.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef.name)?.data,
    );
    const own = env.map(({ name, value }) => [name, value ?? 'given by Kubernetes'] as const);
    return Object.assign({}, ...settings, Object.fromEntries(own)) as Readonly<Record<string, string>>;
  }
}

/** Bytes, or cores, of a quantity as Kubernetes writes it. */
export function quantity(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+)(m|Ki|Mi|Gi)?$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { '': 1, m: 0.001, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 };
  return digits === '' ? Number.NaN : Number(digits) * (factors[unit] ?? Number.NaN);
}
