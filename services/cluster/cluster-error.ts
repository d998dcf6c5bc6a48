/** What a cluster can't do or could not be asked, as a sentence for the person who asked. */
export class ClusterError extends Error {
  /** @param message one or more whole sentences, shown as they are */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The person who asks has no right to this; others may be asked further questions. */
export class Forbidden extends ClusterError {
  /** What is missing, as Kubernetes' roles have it: `list triggers.eventing.knative.dev in namespace dip`. */
  readonly right: string;

  constructor(sentence: string, right: string) {
    super(sentence);
    this.right = right;
  }
}

/** What was to be made exists already, or was changed meanwhile. */
export class Conflict extends ClusterError {}

/** The context that was asked for, or is the current one, is in no kubeconfig. */
export class NoSuchContext extends ClusterError {
  /** Undefined: none was, and none is current. */
  readonly asked: string | undefined;
  /** Those that there are. */
  readonly known: readonly string[];

  constructor(sentence: string, {asked, known}: {asked: string | undefined; known: readonly string[]}) {
    super(sentence);
    this.asked = asked;
    this.known = known;
  }
}
