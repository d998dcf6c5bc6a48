import type {routingDecided} from '#events';
import type {DataOf} from '#kit';
import type {Circumstances} from './condition.ts';
import type {Rule, Ruleset} from './rules.ts';

/** What the rules say about a document, in the shape of the fact, and the rules that could not be tried. */
export interface Decision
  extends Pick<
    DataOf<typeof routingDecided>,
    'queue' | 'priority' | 'dueAt' | 'handler' | 'template' | 'rule' | 'ruleset' | 'read'
  > {
  /** One sentence for each rule before the deciding one whose condition broke; such a rule does not match. */
  readonly failed: readonly string[];
}

/**
 * Decides who answers a document, by when and how: the first rule whose condition holds. `read` tells what that
 * condition asked about and how it stood, null where the document has none.
 */
export function decide(ruleset: Ruleset, circumstances: Circumstances, now: Date): Decision {
  const failed: string[] = [];
  const rule = ruleset.rules.find((each) => matches(each, circumstances, failed)) ?? ruleset.otherwise;
  const {queue, priority, handler, template, dueInMinutes} = rule.route;
  return {
    queue,
    priority,
    dueAt: new Date(now.getTime() + dueInMinutes * 60_000).toISOString(),
    handler,
    template,
    rule: rule.name,
    ruleset: ruleset.hash,
    read: Object.fromEntries(rule.when.reads.map((name) => [name, circumstances[name]])),
    failed,
  };
}

function matches(rule: Rule, circumstances: Circumstances, failed: string[]): boolean {
  try {
    return rule.when.holds(circumstances);
  } catch (error) {
    failed.push(`Rule "${rule.name}" was passed over: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}
