/** Which elements may stand in which, and what ends an element whose end tag was left out (HTML §13.2.6). */

/** Elements without content, and so without an end tag (HTML §13.1.2). */
export const voids = namesOf(
  'area base basefont bgsound br col command embed frame hr img input isindex keygen link meta param source track wbr',
);

/** Elements that a head may hold; any other begins the body. */
export const inHead = namesOf(
  'base basefont bgsound link meta noframes noscript script style template title head html body',
);

export const headings = namesOf('h1 h2 h3 h4 h5 h6');

/** Elements that end a paragraph, and cannot be in it. */
export const closesParagraph = namesOf(
  'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp',
);

/** HTML elements that cannot be in SVG or MathML, and end them. */
export const breaksOut = namesOf(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ' +
    'ol p pre ruby s small span strong strike sub sup table tt u ul var',
);

/** How far out a tag sees elements to end: up to the innermost that is a border for it. */
export type Scope = 'element' | 'button' | 'list' | 'item' | 'table' | 'special' | 'foreign' | 'integration';

const elementBorders = 'applet caption html table td th marquee object template';
/** Elements that an end tag of a span or of an element nobody knows does not end. */
const special =
  'address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd ' +
  'details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header ' +
  'hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ' +
  'ol p param plaintext pre script search section select source style summary table tbody td template textarea tfoot ' +
  'th thead title tr track ul wbr xmp';

const specials = namesOf(special);

const borders: readonly (readonly [scope: Scope, names: ReadonlySet<string>])[] = [
  ['element', namesOf(elementBorders)],
  ['button', namesOf(`${elementBorders} button`)],
  ['list', namesOf(`${elementBorders} ol ul`)],
  ['item', specials.difference(namesOf('address div p li dd dt'))],
  ['table', namesOf('html table template')],
  ['special', specials],
  // Where SVG or MathML begins, and where HTML begins again in it.
  ['foreign', namesOf('svg math')],
  ['integration', namesOf('foreignobject desc title annotation-xml mi mo mn ms mtext')],
];

/** For each element the scopes that it is a border of. */
export const scopes: ReadonlyMap<string, readonly Scope[]> = scopesByName();

/** Elements that a start tag ends, for their end tags may be left out. */
export const impliedEnds: ReadonlyMap<string, {readonly names: readonly string[]; readonly scope: Scope}> =
  new Map([
    ...endsOf('li', 'li', 'item'),
    ...endsOf('dd dt', 'dd dt', 'item'),
    ...endsOf('td th', 'td th caption colgroup', 'table'),
    ...endsOf('tr', 'td th tr caption colgroup', 'table'),
    ...endsOf('tbody thead tfoot', 'td th tr tbody thead tfoot caption colgroup', 'table'),
    ...endsOf('option', 'option', 'element'),
    ...endsOf('optgroup', 'option optgroup', 'element'),
    ...endsOf('select input keygen textarea', 'select', 'element'),
    ...endsOf('button', 'button', 'element'),
    ...endsOf('a', 'a', 'special'),
    ...endsOf('rb rt rp', 'rb rt rp', 'special'),
  ]);

const tableParts = namesOf('table caption colgroup tbody thead tfoot tr td th select template head');
const formatting = namesOf('a b big code em font i nobr s small strike strong tt u');

/** How far out an end tag sees elements to end. */
export function scopeOfEnd(name: string): Scope {
  if (name === 'p') return 'button';
  if (name === 'li') return 'list';
  if (tableParts.has(name)) return 'table';
  return formatting.has(name) || specials.has(name) ? 'element' : 'special';
}

function scopesByName(): Map<string, Scope[]> {
  const byName = new Map<string, Scope[]>();
  for (const [scope, names] of borders)
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), scope]);
  return byName;
}

function endsOf(starts: string, ends: string, scope: Scope) {
  const names = ends.split(' ');
  return starts.split(' ').map((start) => [start, {names, scope}] as const);
}

function namesOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
