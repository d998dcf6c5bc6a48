/** The media type without its parameters, in lower case; empty when there is none. */
export function mediaTypeOf(contentType: string | undefined): string {
  if (contentType === undefined) return '';
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** Whether data of this type is JSON: the subtype is `json` or ends in `+json` (CloudEvents JSON format §3.1). */
export function isJson(contentType: string | undefined): boolean {
  const mediaType = mediaTypeOf(contentType);
  const subtype = mediaType.slice(mediaType.indexOf('/') + 1);
  return subtype === 'json' || subtype.endsWith('+json');
}
