/** Whether a token's subject is one of those that are meant, where a `*` stands for any letters but colons. */
export function isAmong(meant: readonly string[], subject: string): boolean {
  return meant.some((one) =>
    new RegExp(`^${one.split('*').map(RegExp.escape).join('[^:]*')}$`).test(subject),
  );
}
