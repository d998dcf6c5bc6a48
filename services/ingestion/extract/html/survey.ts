import {limits} from '../limits.ts';
import {type ElementReader, ElementTree} from './element-tree.ts';
import {type Attributes, readMarkup} from './markup.ts';
import {isForScreen} from './media.ts';

/** What has to be known of all of a page before its first word is read. */
export interface Survey {
  /** Style sheets that stand in the page. */
  readonly sheets: readonly string[];
  /** Whether the page is styled by sheets from elsewhere, which are not read. */
  readonly isStyledFromElsewhere: boolean;
  /** Which labels, counted from 0, are those of boxes that were not checked, in a page where others were. */
  readonly idleLabels: ReadonlySet<number>;
  /** Which boxes, counted from 0, have a label. */
  readonly labelledBoxes: ReadonlySet<number>;
  /** Whether scripts run where the page is shown. */
  readonly runsScripts: boolean;
}

/** Looks through a page for what is said at one place of it about others. */
export function surveyOf(
  source: string,
  {isXhtml, runsScripts}: {isXhtml: boolean; runsScripts: boolean},
): Survey {
  const surveyor = new Surveyor(runsScripts);
  if (/<(?:style|link|input)[\s/>]/i.test(source)) {
    const tree = new ElementTree(surveyor, runsScripts);
    readMarkup(source, isXhtml, tree);
    tree.end();
  }
  return surveyor.found();
}

/** Whether an element is a checkbox or a radio button. */
export function isBox(name: string, attributes: Attributes): boolean {
  return name === 'input' && /^\s*(checkbox|radio)\s*$/i.test(attributes.get('type') ?? '');
}

interface Box {
  readonly index: number;
  readonly isChecked: boolean;
}

class Surveyor implements ElementReader {
  readonly #runsScripts: boolean;
  readonly #sheets: string[] = [];
  #sheetCharacters = 0;
  #isStyledFromElsewhere = false;
  #isSheet = false;
  /** How many elements are open whose styles do not count. */
  #idle = 0;
  readonly #labels: {readonly target: string | undefined; box: Box | undefined}[] = [];
  /** Indexes of the labels that are open. */
  readonly #openLabels: number[] = [];
  readonly #boxes: Box[] = [];
  readonly #boxesById = new Map<string, Box>();

  constructor(runsScripts: boolean) {
    this.#runsScripts = runsScripts;
  }

  opened(name: string, attributes: Attributes): void {
    if (this.#isIdle(name)) this.#idle++;
    else if (name === 'style') this.#isSheet = this.#idle === 0 && isApplied(attributes);
    else if (name === 'link' && isSheetLink(attributes)) this.#isStyledFromElsewhere = true;
    else if (name === 'label')
      this.#openLabels.push(this.#labels.push({target: attributes.get('for'), box: undefined}) - 1);
    else if (isBox(name, attributes)) this.#addBox(attributes);
  }

  text(text: string): void {
    if (!this.#isSheet || this.#sheetCharacters >= limits.styleCharacters) return;
    const part = text.slice(0, limits.styleCharacters - this.#sheetCharacters);
    this.#sheetCharacters += part.length;
    this.#sheets.push(part);
  }

  closed(name: string): void {
    if (this.#isIdle(name)) this.#idle--;
    else if (name === 'label') this.#openLabels.pop();
    else if (name === 'style' && this.#isSheet) {
      this.#isSheet = false;
      this.#sheets.push('\n');
    }
  }

  isDone(): boolean {
    return false;
  }

  found(): Survey {
    const owners = this.#labels.map(({target, box}) =>
      target === undefined ? box : this.#boxesById.get(target),
    );
    const isFilledIn = this.#boxes.some(({isChecked}) => isChecked);
    const isIdleLabel = (box: Box | undefined) => isFilledIn && box !== undefined && !box.isChecked;
    return {
      sheets: [this.#sheets.join('')],
      isStyledFromElsewhere: this.#isStyledFromElsewhere,
      idleLabels: new Set(owners.flatMap((box, index) => (isIdleLabel(box) ? [index] : []))),
      runsScripts: this.#runsScripts,
      labelledBoxes: new Set(owners.flatMap((box) => (box ? [box.index] : []))),
    };
  }

  #isIdle(name: string): boolean {
    return name === 'template' || (name === 'noscript' && this.#runsScripts);
  }

  #addBox(attributes: Attributes): void {
    const box = {index: this.#boxes.length, isChecked: attributes.has('checked')};
    this.#boxes.push(box);
    const id = attributes.get('id');
    if (id !== undefined && !this.#boxesById.has(id)) this.#boxesById.set(id, box);
    const label = this.#labels[this.#openLabels.at(-1) ?? -1];
    if (label) label.box ??= box;
  }
}

function isApplied(attributes: Attributes): boolean {
  const type = attributes.get('type')?.trim().toLowerCase() ?? '';
  return (type === '' || type === 'text/css') && isForScreen(attributes.get('media') ?? '');
}

/** Sheets of fonts, which many mails name, color nothing. */
function isSheetLink(attributes: Attributes): boolean {
  const kinds = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
  if (!kinds.includes('stylesheet') || kinds.includes('alternate')) return false;
  return !/\bfonts?\b/i.test(attributes.get('href') ?? '') && isForScreen(attributes.get('media') ?? '');
}
