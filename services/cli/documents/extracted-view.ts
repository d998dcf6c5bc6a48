import {cell, oneLine} from '../output/cell.ts';
import type {View} from '../output/print.ts';
import type {Extracted} from './extract.ts';

/** Files that were read and not sent in. */
export const extractedView: View<Extracted> = {
  name: ({file}) => file ?? undefined,
  columns: [
    {title: 'FILE', value: ({file}) => cell(file), cut: 'start'},
    {
      title: 'STATUS',
      value: ({status}) => status,
      color: ({status}) => (status === 'ingested' ? 'green' : 'red'),
    },
    {title: 'TYPE', value: ({contentType}) => cell(contentType)},
    {title: 'LANGUAGE', value: ({language}) => cell(language)},
    {title: 'PAGES', value: pagesOf},
    {title: 'CHARACTERS', value: ({characters}) => cell(characters)},
    {title: 'PARTS', value: ({parts}) => cell(parts.length)},
    {title: 'NOTE', value: noteOn, whole: ({error}) => error !== undefined},
  ],
};

function pagesOf({pages, pagesRead}: Extracted): string {
  return pages === pagesRead ? cell(pages) : `${pagesRead} of ${pages}`;
}

function noteOn({error, reason, title, text}: Extracted): string {
  return oneLine(error ?? reason ?? title ?? text.slice(0, 80)) || '-';
}
