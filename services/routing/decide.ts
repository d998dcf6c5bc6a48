import {signals as priorityOf, type routingDecided} from '#events';
import type {DataOf} from '#kit';
import type {Circumstances} from './condition.ts';
import type {Rule, Ruleset} from './rules.ts';

/** What the rules say about a document, in the shape of the fact, and the rules that could not be tried. */
export interface Decision
  extends Pick<
    DataOf<typeof routingDecided>,
    'queue' | 'priority' | 'dueAt' | 'handler' | 'template' | 'rule' | 'ruleset' | 'read' | 'signals'
  > {
  /** One sentence for each rule before the deciding one whose condition broke; such a rule does not match. */
  readonly failed: readonly string[];
}

/**
 * Decides who answers a document, by when and how: the first rule whose condition holds. `read` tells what that
 * condition asked about and how it stood, null where the document has none; signals are said whole, beside it.
 *
 * What a document signals stands above the rules: with a person at risk or the law at the door no letter goes out that
 * nobody has read, and it is taken up as soon as the signal asks for, whatever rules say that know nothing of signals. What
 * continues a case is read by those who have that, before its writer hears from anybody again.
 *
 * @param caseQueue Where the case lies that it continues; undefined where that is not known.
 */
export function decide(
  ruleset: Ruleset,
  circumstances: Circumstances,
  now: Date,
  caseQueue?: string,
): Decision {
  const failed: string[] = [];
  const rule = ruleset.rules.find((each) => matches(each, circumstances, failed)) ?? ruleset.otherwise;
  const {queue, priority, handler, template, dueInMinutes} = rule.route;
  const {signals, reply} = circumstances;
  const isSignal = signals.length > 0;
  return {
    queue: reply && !isSignal && caseQueue !== undefined ? caseQueue : queue,
    priority: soonest([priority, ...signals.map((signal) => priorityOf[signal] ?? 'high')]),
    dueAt: new Date(now.getTime() + dueInMinutes * 60_000).toISOString(),
    handler: isSignal || reply ? 'human' : handler,
    template,
    rule: rule.name,
    ruleset: ruleset.hash,
    read: Object.fromEntries(
      rule.when.reads.flatMap((name) => (name === 'signals' ? [] : [[name, circumstances[name]]])),
    ),
    signals: [...signals],
    failed,
  };
}

const priorities: readonly Decision['priority'][] = ['urgent', 'high', 'normal', 'low'];

function soonest(asked: readonly Decision['priority'][]): Decision['priority'] {
  return priorities.find((each) => asked.includes(each)) ?? 'urgent';
}

function matches(rule: Rule, circumstances: Circumstances, failed: string[]): boolean {
  try {
    return rule.when.holds(circumstances);
  } catch (error) {
    failed.push(`Rule "${rule.name}" was passed over: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}
