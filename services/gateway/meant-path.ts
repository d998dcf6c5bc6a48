/**
 * Whether a request would reach the place where a service hears events, which is the broker's alone. `path` is the
 * service's own, with or without a query.
 */
export function isEventDoor(method: string | undefined, path: string): boolean {
  const isReading = method === 'GET' || method === 'HEAD';
  if (isDisguised(path)) return true;
  return meanings(path).some((meant) => meant === '/events' || (meant === '/' && !isReading));
}

/** Whether a path has segments that lead up or stay, however they are written: it may mean another than it says. */
export function hasDots(path: string): boolean {
  return (
    isDisguised(path) ||
    decodings(path).some((decoded) => decoded.split(/[/\\]/).some((part) => /^\.\.?$/.test(bare(part))))
  );
}

/**
 * The paths that a service may understand: services in any language stand behind this, some of which decode, join
 * slashes, resolve dots, drop parameters or ignore case before they look, and something between may have decoded
 * before them.
 */
function meanings(path: string): string[] {
  return decodings(path).map((decoded) => {
    const segments: string[] = [];
    for (const segment of decoded.split(/[/\\]/)) {
      const name = bare(segment);
      if (name === '..') segments.pop();
      else if (name !== '' && name !== '.') segments.push(name);
    }
    return `/${segments.join('/')}`;
  });
}

/**
 * Whether a path was encoded more often than anybody does by mistake. What it means is then not looked for: each
 * decoding is another pass over it, and there may be as many as it has characters.
 */
export function isDisguised(path: string): boolean {
  const last = decodings(path).at(-1) ?? '';
  return decoded(last) !== last;
}

const mostDecodings = 3;

/** The path as it stands, decoded once, and so on until nothing is left to decode, or it was enough. */
function decodings(path: string): string[] {
  const found = [path.replace(/[?#].*$/s, '')];
  for (let latest = found[0] ?? '', times = 0; times < mostDecodings; times++) {
    const next = decoded(latest);
    if (next === latest) return found;
    // What was encoded may be a query or a fragment to the next.
    found.push(next.replace(/[?#].*$/s, ''), next);
    latest = next;
  }
  return found;
}

function decoded(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** A segment without its parameters, without what is not seen, in lower case. */
function bare(segment: string): string {
  return segment
    .replace(/;.*$/s, '')
    .replace(/[\0-\x20\x7f]/g, '')
    .toLowerCase();
}
