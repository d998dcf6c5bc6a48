import {textAt} from '#kit/json';
import {type Check, skippedFor} from '../finding.ts';
import {deployedOf, kinds, missingRight} from '../snapshot.ts';

const label = 'pod-security.kubernetes.io/enforce';

export const namespace: Check = {
  name: 'namespace',
  about: 'The namespace, and that it takes restricted pods only',
  examine(snapshot) {
    const right = missingRight(snapshot, kinds.namespace);
    if (right !== undefined) return [skippedFor(right)];
    const name = snapshot.namespace;
    const subject = `Namespace ${name}`;
    const [found] = deployedOf(snapshot, kinds.namespace);
    if (found === undefined) {
      const next = 'kubectl apply -f config/knative -f triggers';
      return [{standing: 'wrong', subject, sentence: `There is no namespace ${name}.`, next}];
    }
    const level = textAt(found, 'metadata', 'labels', label);
    if (level === 'restricted') {
      return [{standing: 'ok', subject, sentence: `Namespace ${name} takes restricted pods only.`}];
    }
    return [
      {
        standing: 'warn',
        subject,
        sentence: `Namespace ${name} takes pods of level ${level ?? 'privileged'}: a service that is broken into could do more than it needs to.`,
        next: `kubectl label namespace ${name} ${label}=restricted --overwrite`,
      },
    ];
  },
};
