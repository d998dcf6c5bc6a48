import {clusterWords, quoted, type Whereabouts} from '../hint.ts';
import type {Terminal} from '../terminal.ts';
import type {NamedFinding} from './finding.ts';

/**
 * Findings whose next steps work where they are pasted: every command goes to the cluster that was looked at, and `dip`
 * is called as it was called. Checks name context and namespace of `dip` themselves.
 */
export function pasteable(
  findings: readonly NamedFinding[],
  where: Whereabouts,
  {program}: Pick<Terminal, 'program'>,
): NamedFinding[] {
  const kubectl = ['kubectl', ...clusterWords(where).map(quoted)].join(' ');
  const options = clusterWords({kubeconfig: where.kubeconfig}).map(quoted);
  const dip = (_all: string, verb: string) => [program, verb, ...options].join(' ');
  return findings.map(({next, ...finding}) => {
    if (next === undefined) return finding;
    const lines = next.replaceAll(/\bkubectl(?= (?!kustomize))/g, () => kubectl);
    return {...finding, next: lines.replaceAll(/\bdip ((?:broker|identity|token) [a-z]+)/g, dip)};
  });
}
