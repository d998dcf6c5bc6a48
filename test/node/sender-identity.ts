import {setTimeout as wait} from 'node:timers/promises';
import {runProgram} from '../cluster/run-program.ts';
import type {Kubectl} from './harms.ts';
import type {Orders} from './inside.ts';

/** kubectl's words by which Knative puts tokens on what it delivers, and asks for them, or does so no more. */
export function senderIdentity(state: 'enabled' | 'disabled'): string[] {
  const patch = JSON.stringify({data: {'authentication-oidc': state}});
  return ['-n', 'knative-eventing', 'patch', 'configmap', 'config-features', '--type', 'merge', '-p', patch];
}

/**
 * As the docs have it: first Knative, then the services, then the doctor, whose words about what Knative has left in its
 * channels are done. Knative's webhooks refuse everything for a moment meanwhile.
 *
 * @returns how many channels had kept something.
 */
export async function askForTokens(
  {withTokens: manifests, dip, context}: Orders,
  kubectl: Kubectl,
): Promise<number> {
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
  return takeOutWhatWasLeft([...dip, 'doctor', '--context', context, '-o', 'json']);
}

/** A round of Knative's controllers, in which they may make a Subscription anew once more. */
const roundMs = 20_000;

async function takeOutWhatWasLeft([program = '', ...words]: readonly string[]): Promise<number> {
  for (let taken = 0, looks = 1; ; looks++) {
    await wait(roundMs);
    const {stdout, stderr} = await runProgram(program, words);
    if (stdout === '') throw new Error(`dip doctor said nothing of the cluster: ${stderr}`);
    const findings: {check: string; standing: string; sentence: string; next?: string}[] = JSON.parse(stdout);
    const left = findings.filter(({check, standing}) => check === 'subscribers' && standing !== 'ok');
    if (left.length === 0) return taken;
    if (looks === 5) throw new Error(`Channels kept what was taken out: ${JSON.stringify(left)}`);
    for (const {sentence, next = ''} of left) {
      const {code, stderr: said} = await runProgram('sh', ['-c', next]);
      if (code !== 0) throw new Error(`${next} ended with ${code}: ${said} (${sentence})`);
      taken++;
    }
  }
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
