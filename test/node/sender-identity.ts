import {setTimeout as wait} from 'node:timers/promises';
import type {Kubectl} from './harms.ts';

/** kubectl's words by which Knative puts tokens on what it delivers, and asks for them, or does so no more. */
export function senderIdentity(state: 'enabled' | 'disabled'): string[] {
  const patch = JSON.stringify({data: {'authentication-oidc': state}});
  return ['-n', 'knative-eventing', 'patch', 'configmap', 'config-features', '--type', 'merge', '-p', patch];
}

/** As the docs have it: first Knative, then the services. Its webhooks refuse everything for a moment meanwhile. */
export async function askForTokens(manifests: string, kubectl: Kubectl): Promise<void> {
  await kubectl(...senderIdentity('enabled'));
  const available = ['--for=condition=Available', 'deployment', '--all', '--timeout=300s'];
  await kubectl('-n', 'knative-eventing', 'wait', ...available);
  for (let tries = 1; ; tries++) {
    const failure = await kubectl('apply', '-f', manifests).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) break;
    if (tries === 20) throw failure;
    await wait(3_000);
  }
  const ready = ['--for=condition=Ready', 'ksvc,brokers,triggers', '--all', '--timeout=300s'];
  await kubectl('-n', 'dip', 'wait', ...ready);
}

/** What a service that asks for tokens says to somebody without one who hands it an event. */
export async function answerToStranger(): Promise<number> {
  const {status} = await fetch('http://routing.dip.svc.cluster.local/events', {
    method: 'POST',
    headers: {
      'ce-specversion': '1.0',
      'ce-id': 'stranger-1',
      'ce-source': '/strangers',
      'ce-type': 'com.dip.document.classified',
      'content-type': 'application/json',
    },
    body: '{}',
  });
  return status;
}
