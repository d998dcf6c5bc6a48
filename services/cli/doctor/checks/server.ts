import {textAt} from '#kit/json';
import {type Check, skippedFor} from '../finding.ts';

/** What Knative 1.22 asks for (knative.dev/pkg/version). */
const least = {major: 1, minor: 34};

export const server: Check = {
  name: 'server',
  about: 'The version of Kubernetes, which Knative 1.22 wants from 1.34 on',
  examine({version}) {
    if ('missingRight' in version) return [skippedFor(version.missingRight)];
    const said = textAt(version.value, 'gitVersion');
    const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(said ?? '') ?? [];
    if (said === undefined || major === undefined) {
      return [{standing: 'skipped', sentence: 'The API server does not say its version.'}];
    }
    if (Number(major) > least.major || (Number(major) === least.major && Number(minor) >= least.minor)) {
      return [{standing: 'ok', sentence: `Kubernetes ${said}.`}];
    }
    const wanted = `${least.major}.${least.minor}`;
    return [
      {
        standing: 'wrong',
        sentence: `Kubernetes is ${said}; Knative 1.22 does not start below ${wanted}.`,
        next: `Upgrade the cluster to Kubernetes ${wanted} or later.`,
      },
    ];
  },
};
