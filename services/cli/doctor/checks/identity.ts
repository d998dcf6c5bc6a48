import {servicesWithDoors} from '#gateway';
import type {JsonObject} from '#kit/json';
import {privateFile, publicFile} from '#kit/wire';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {type IdentityKeys, identitySecret} from '../identity-secret.ts';
import {secretReferences} from '../secret-references.ts';
import {deployedOf, kinds, nameOf, type Snapshot} from '../snapshot.ts';

const subject = `Secret ${identitySecret}`;

export const identity: Check = {
  name: 'identity',
  about:
    'The keys by which front doors know the console: whether both halves are there, match, and who has which',
  examine(snapshot) {
    const {identity: seen} = snapshot;
    if ('missingRight' in seen) return [skippedFor(seen.missingRight)];
    const found = [...ofKeys(seen.value, snapshot), ...ofServices(deployedOf(snapshot, kinds.service))];
    if (found.length > 0) return found;
    const count = seen.value?.private?.length ?? 0;
    const pairs = `${count} ${count === 1 ? 'pair' : 'pairs'} of keys`;
    return [{standing: 'ok', subject, sentence: `${subject} has ${pairs}; the console alone can sign.`}];
  },
};

function ofKeys(keys: IdentityKeys | undefined, {context, namespace}: Snapshot): Finding[] {
  const on = `--context ${context} --namespace ${namespace}`;
  const anew = `kubectl -n ${namespace} delete secret ${identitySecret}; dip identity create ${on}`;
  const wrong = (sentence: string, next: string): Finding => ({standing: 'wrong', subject, sentence, next});
  if (keys === undefined)
    return [
      wrong(
        `${subject} is not there: the console answers 503 to everybody, and front doors 401.`,
        `dip identity create ${on}`,
      ),
    ];
  if (keys.faults.length > 0)
    return keys.faults.map((fault) => wrong(`${subject} can't be read, ${fault}.`, anew));
  const missing = [...(keys.private ? [] : [privateFile]), ...(keys.public ? [] : [publicFile])];
  if (missing.length > 0)
    return [wrong(`${subject} has no ${missing.join(' and ')}: nobody gets through front doors.`, anew)];
  const unmatched = keys.private?.filter((keyId) => !keys.public?.includes(keyId)) ?? [];
  if (unmatched.length === 0) return [];
  return [
    wrong(
      `${subject} has no public half of ${unmatched.join(', ')}: front doors answer 401 to what that signs.`,
      `dip identity rotate --revoke ${on}`,
    ),
  ];
}

function ofServices(services: readonly JsonObject[]): Finding[] {
  const references = secretReferences(services).filter(({secret}) => secret === identitySecret);
  const reads = (name: string, file: string) =>
    references.some(
      ({service, key, files}) =>
        service === name && (key ?? file) === file && (files?.includes(file) ?? true),
    );
  const wrong = (name: string, sentence: string): Finding => ({
    standing: 'wrong',
    subject: `Knative Service ${name}`,
    sentence,
    next: `kubectl apply -f config/knative/40-${name}.yaml`,
  });
  return services.map(nameOf).flatMap((name) => {
    if (name === 'console')
      return reads(name, privateFile)
        ? []
        : [wrong(name, `${name} does not mount ${privateFile}: it answers 503.`)];
    if (reads(name, privateFile))
      return [
        wrong(name, `${name} reads ${privateFile}, which is the console's alone: it could sign as anybody.`),
      ];
    if (!servicesWithDoors.includes(name) || reads(name, publicFile)) return [];
    return [wrong(name, `${name} does not mount ${publicFile}: its front doors answer 401 to everybody.`)];
  });
}
