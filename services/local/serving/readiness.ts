import http from 'node:http';
import {connect} from 'node:net';

/**
 * Whether a service can take requests: its readiness path answers 2xx, or, when it has none, something listens, as
 * Knative probes by default.
 */
export function isReady(port: number, readinessPath: string | null): Promise<boolean> {
  return readinessPath === null ? listens(port) : answers(`http://127.0.0.1:${port}${readinessPath}`);
}

const probeMs = 1000;

/** Whether anybody listens on a port of this machine. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({host: '127.0.0.1', port, timeout: probeMs});
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
  });
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url, {agent: false, timeout: probeMs}, (answer) => {
      answer.resume();
      resolve(answer.statusCode !== undefined && answer.statusCode >= 200 && answer.statusCode < 300);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
