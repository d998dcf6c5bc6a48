/**
 * Whether a request comes from a page of another site: a browser says in `Origin` which page it works for. Ours is one
 * of the host that was asked, whichever of http and https a proxy before us has made of it.
 */
export function isForeign(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol)) return true;
  return url.host !== host?.toLowerCase().replace(url.protocol === 'https:' ? /:443$/ : /:80$/, '');
}
