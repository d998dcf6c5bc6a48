import type {Server} from 'node:http';
import {isIPv6} from 'node:net';
import {everybody, type People, peopleWith, readTokens, tokenFolder} from '#gateway';
import {identityFolder, signer, tokensFolder} from '#kit/wire';
import {type Behind, gateway} from './gateway/gateway.ts';
import {newOwnKey} from './gateway/own-key.ts';

/** Where we listen. */
export interface Ports {
  /** For people. */
  url: string;
  /** For our own services, which have no token: where others reach us, it holds a key in its path, and is no word for people. */
  ownUrl: string;
  servers: Server[];
}

export interface PortOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly say: (sentence: string) => void;
}

/**
 * Listens: to this machine alone, where everybody may do everything, or to others too, who need a token for it. Our
 * services then get a port of their own on this machine, with a key in its path: who finds that port needs a token there
 * as well.
 *
 * @throws Error as a sentence when the port is taken.
 */
export async function openPorts(
  ports: Ports,
  behind: Pick<Behind, 'eventing' | 'serving'>,
  options: PortOptions,
): Promise<void> {
  const sign = signer(identityFolder(options.dataDirectory), {warn: options.say});
  const open = async (whom: Pick<Behind, 'people' | 'ownKey'>, host: string, port: number) => {
    const server = gateway({...behind, hosts: [host.toLowerCase()], ...whom, sign});
    ports.servers.push(server);
    return listen(server, {host, port});
  };
  const {host, port} = options;
  if (isLoopback(host)) {
    ports.url = await open({people: everybody}, host, port);
    ports.ownUrl = ports.url;
    return;
  }
  const people = await holdersOfTokens(options);
  const ownKey = newOwnKey();
  ports.ownUrl = `${await open({people, ownKey}, '127.0.0.1', 0)}/${ownKey}`;
  ports.url = await open({people}, host, port);
}

/** Whether an address leads to this machine alone. */
function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

async function holdersOfTokens({host, dataDirectory, say}: PortOptions): Promise<People> {
  const folder = tokensFolder(dataDirectory);
  const {tokens} = await readTokens(folder);
  if (tokens.length === 0)
    say(
      `At ${host} others reach this DIP, so every request needs a token, and there is none yet. Make one: npx dip token create NAME --role submit --data-dir ${dataDirectory}`,
    );
  return peopleWith(tokenFolder(folder, {warn: say}));
}

function listen(server: Server, {host, port}: {host: string; port: number}): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(`Port ${port} is in use by another program. Choose another with --port.`, {
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${isIPv6(host) ? `[${host}]` : host}:${actual}`);
    });
  });
}
