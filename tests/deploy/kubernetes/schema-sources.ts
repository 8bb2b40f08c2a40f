/** A module of the Go proxy and the schemas in it: the smallest place where the makers of a kind publish them. */
export interface SchemaSource {
  readonly module: string;
  readonly version: string;
  /** Files below the module's folder: an OpenAPI document of Kubernetes, or definitions of custom resources. */
  readonly files: readonly string[];
}

export const schemaSources: readonly SchemaSource[] = [
  { module: 'k8s.io/kubernetes', version: 'v1.34.2', files: ['api/openapi-spec/swagger.json'] },
  {
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    files: ['config/crd/bases/keda.sh_scaledobjects.yaml', 'config/crd/bases/keda.sh_triggerauthentications.yaml'],
  },
  {
    module: 'github.com/rabbitmq/cluster-operator/v2',
    version: 'v2.12.1',
    files: ['config/crd/bases/rabbitmq.com_rabbitmqclusters.yaml'],
  },
  {
    module: 'github.com/rabbitmq/messaging-topology-operator',
    version: 'v1.16.0',
    files: ['vhosts', 'users', 'permissions'].map((kind) => `config/crd/bases/rabbitmq.com_${kind}.yaml`),
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: ['example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml'],
  },
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.3.0',
    files: ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  },
];
