import {isName, type Services} from '#gateway';
import {type Config, ConfigError} from '#kit';

/**
 * The services by their names on the cluster. Whether one is there shows when it is asked: the console reads nothing of
 * the Kubernetes API.
 *
 * @throws ConfigError when nothing says where they are.
 */
export function knativeServices({servicesUrl}: Config): Services {
  if (servicesUrl === undefined) {
    const example = 'http://{service}.dip.svc.cluster.local';
    throw new ConfigError(
      `Expected DIP_SERVICES_URL, where the services are, such as ${example}; got nothing.`,
    );
  }
  return {
    has: isName,
    acquire: async (name) => ({url: servicesUrl.replace('{service}', name), release: () => {}}),
  };
}
