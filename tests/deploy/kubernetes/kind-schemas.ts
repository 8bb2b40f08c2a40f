import { strict, type Schema } from './strict-schema.ts';

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** File names, as kubeconform looks for them, and the schemas of single kinds. */
export type KindSchemas = ReadonlyMap<string, Schema>;

const REFERENCE = '#/definitions/';

/** The kinds of an OpenAPI 2 document of Kubernetes, each with all the definitions that it uses. */
export function kindsOfOpenApi(document: { readonly definitions: Readonly<Record<string, Schema>> }): KindSchemas {
  const kinds = new Map<string, Schema>();
  for (const [name, definition] of Object.entries(document.definitions)) {
    const [identity, ...more] = (definition['x-kubernetes-group-version-kind'] ?? []) as GroupVersionKind[];
    // Of all groups at once are only the wishes of requests, such as DeleteOptions.
    if (identity === undefined || more.length > 0) continue;
    const used = new Set<string>();
    collect(name, document.definitions, used);
    const definitions = Object.fromEntries([...used].map((part) => [part, strict(document.definitions[part] ?? {})]));
    kinds.set(fileName(identity), { $ref: `${REFERENCE}${name}`, definitions });
  }
  return kinds;
}

/** The kinds that definitions of custom resources describe. */
export function kindsOfCustomResources(documents: readonly unknown[]): KindSchemas {
  const kinds = new Map<string, Schema>();
  for (const document of documents as readonly CustomResourceDefinition[]) {
    const { group, names, versions } = document.spec;
    for (const { name, schema } of versions) {
      kinds.set(fileName({ group, version: name, kind: names.kind }), strict(schema.openAPIV3Schema));
    }
  }
  return kinds;
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

function fileName({ group, version, kind }: GroupVersionKind): string {
  const parts = [kind, group.split('.')[0] ?? '', version].filter((part) => part !== '');
  return `${parts.join('-').toLowerCase()}.json`;
}

/** Adds a definition and all that it refers to. */
function collect(name: string, definitions: Readonly<Record<string, Schema>>, used: Set<string>): void {
  if (used.has(name)) return;
  used.add(name);
  for (const [, reference] of JSON.stringify(definitions[name]).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
    if (reference !== undefined) collect(reference, definitions, used);
  }
}
