import {mediaTypeOf} from '#kit';

/** The media type that was declared, without parameters; `application/octet-stream`, just bytes, where it is none. */
export function mediaTypeOrBytes(contentType: string | null | undefined): string {
  const mediaType = mediaTypeOf(contentType ?? undefined);
  return /^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,127}$/.test(mediaType)
    ? mediaType
    : 'application/octet-stream';
}
