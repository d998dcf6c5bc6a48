import {type Check, type Finding, skippedFor} from '../finding.ts';
import {identitySecret} from '../identity-secret.ts';
import {type SecretReference, secretReferences} from '../secret-references.ts';
import {deployedOf, kinds, type Snapshot} from '../snapshot.ts';

export const secrets: Check = {
  name: 'secrets',
  about: 'The Secrets that services read: whether they and their keys are there, never what they hold',
  examine(snapshot) {
    const all = secretReferences(deployedOf(snapshot, kinds.service));
    // Of which more is to be said: the check `identity` does.
    const references = all.filter(({secret}) => secret !== identitySecret);
    const bySecret = Map.groupBy(references, ({secret}) => secret);
    return [...bySecret].flatMap(([secret, some]) => ofSecret(secret, some, snapshot));
  },
};

function ofSecret(secret: string, references: readonly SecretReference[], snapshot: Snapshot): Finding[] {
  const seen = snapshot.secretKeys.get(secret);
  if (seen === undefined) return [];
  if ('missingRight' in seen) return [skippedFor(seen.missingRight)];
  const keys = seen.value ?? [];
  const subject = `Secret ${secret}`;
  if (references.every(({key}) => key === undefined)) return [ofFolder(subject, keys, references, snapshot)];
  const wanted = [...new Set(references.flatMap(({key}) => key ?? []))];
  const missing = wanted.filter((key) => !keys.includes(key));
  if (missing.length === 0) {
    return [{standing: 'ok', subject, sentence: `${subject} has its keys: ${wanted.join(', ')}.`}];
  }
  // An object store may know pods by their service account, so keys to it are not always needed.
  const isNeeded = missing.some((key) => !key.startsWith('aws-'));
  const services = [
    ...new Set(references.filter(({key}) => missing.includes(key ?? '')).map(({service}) => service)),
  ];
  const what =
    seen.value === undefined ? `is not there (${missing.join(', ')})` : `has no ${missing.join(', ')}`;
  return [
    {
      standing: isNeeded ? 'wrong' : 'warn',
      subject,
      sentence: `${subject} ${what}: ${services.join(', ')} ${isNeeded ? 'can keep nothing and will not start' : 'must get at the object store by their service accounts'}.`,
      next: nextFor(secret, missing, seen.value !== undefined, snapshot),
    },
  ];
}

function nextFor(secret: string, missing: readonly string[], exists: boolean, {namespace}: Snapshot): string {
  const literals = missing.map((key) => `--from-literal=${key}=...`).join(' ');
  if (!exists) return `kubectl -n ${namespace} create secret generic ${secret} ${literals}`;
  return `Add ${missing.join(', ')}: kubectl -n ${namespace} edit secret ${secret}`;
}

/** A Secret that is mounted whole: a file for each key. */
function ofFolder(
  subject: string,
  keys: readonly string[],
  references: readonly SecretReference[],
  {namespace, context}: Snapshot,
): Finding {
  const services = [...new Set(references.map(({service}) => service))].join(', ');
  if (keys.length > 0) {
    return {
      standing: 'ok',
      subject,
      sentence: `${subject} has ${keys.length} ${keys.length === 1 ? 'key' : 'keys'} for ${services}.`,
    };
  }
  const isTokens = subject === 'Secret dip-tokens';
  return {
    standing: 'wrong',
    subject,
    sentence: isTokens
      ? `${subject} holds no token: nobody gets in by ${services}.`
      : `${subject} is empty or not there: ${services} reads nothing from it.`,
    next: isTokens
      ? `dip token create NAME --role operate --context ${context} --namespace ${namespace}`
      : `kubectl -n ${namespace} create secret generic ${subject.slice('Secret '.length)}`,
  };
}
