import http, {type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ExecutionContext} from 'ava';

/** As much of an API server's schemas as Helm asks for before it makes a hook that is a Secret. */
const kind = [{group: '', version: 'v1', kind: 'Secret'}];
const parameters = [{name: 'fieldValidation', in: 'query'}];
const operation = {parameters, responses: {}, 'x-kubernetes-group-version-kind': kind[0]};
const schemas: Readonly<Record<string, object>> = {
  '/openapi/v3': {paths: {'api/v1': {serverRelativeURL: '/openapi/v3/api/v1'}}},
  '/openapi/v3/api/v1': {
    openapi: '3.0.0',
    info: {title: 'Kubernetes', version: 'v1'},
    paths: {
      '/api/v1/namespaces/{namespace}/secrets': {post: {...operation, 'x-kubernetes-action': 'post'}},
      '/api/v1/namespaces/{namespace}/secrets/{name}': {
        patch: {...operation, 'x-kubernetes-action': 'patch'},
      },
    },
    components: {
      schemas: {
        'io.k8s.api.core.v1.Secret': {
          type: 'object',
          additionalProperties: true,
          'x-kubernetes-group-version-kind': kind,
        },
      },
    },
  },
};

/** An API server that has these schemas beside what another one has; resolves to its address. */
export async function withSecretSchema(t: ExecutionContext, behind: string): Promise<string> {
  const server: Server = http.createServer((request, response) => {
    const {url = '/', method, headers} = request;
    const [pathname = '/'] = url.split('?');
    if (pathname.startsWith('/openapi')) {
      response.writeHead(pathname in schemas ? 200 : 404, {'content-type': 'application/json'});
      response.end(JSON.stringify(schemas[pathname] ?? {}));
      return;
    }
    const passed = http.request(`${behind}${url}`, {method, headers}, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const {port}: Partial<AddressInfo> = Object(server.address());
  return `http://127.0.0.1:${port}`;
}
