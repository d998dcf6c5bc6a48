import test from 'ava';
import {pasteable} from '../../../services/cli/doctor/pasteable.ts';

const finding = {check: 'x', standing: 'wrong' as const, sentence: 'It is wrong.'};

const steps: [string, string][] = [
  [
    'kubectl -n dip delete secret x; dip identity create --context prod --namespace dip',
    "kubectl --context prod --kubeconfig '/home/a b' -n dip delete secret x; npx dip identity create --kubeconfig '/home/a b' --context prod --namespace dip",
  ],
  [
    'Change the manifests to what you meant, or: kubectl apply -f triggers',
    "Change the manifests to what you meant, or: kubectl --context prod --kubeconfig '/home/a b' apply -f triggers",
  ],
  [
    'Deploy with skaffold; or: kubectl kustomize with `images`.',
    'Deploy with skaffold; or: kubectl kustomize with `images`.',
  ],
];

for (const [said, pasted] of steps) {
  test(`a next step goes to the cluster that was looked at: ${said}`, (t) => {
    const where = {context: 'prod', kubeconfig: '/home/a b'};

    const [found] = pasteable([{...finding, next: said}], where, {program: 'npx dip'});

    t.is(found?.next, pasted);
  });
}

test('where no cluster was named, only the program is', (t) => {
  const [found] = pasteable([{...finding, next: 'kubectl apply -f triggers'}], {}, {program: 'dip'});

  t.is(found?.next, 'kubectl apply -f triggers');
});
