import {limits} from '../limits.ts';
import {type Said, unseen} from './browser-style.ts';
import {pageStyle, type Style, styleOf} from './computed-style.ts';
import type {ElementReader} from './element-tree.ts';
import {Choice, writtenIn} from './form-field.ts';
import type {Attributes} from './markup.ts';
import {declarationsIn} from './style-declarations.ts';
import {ownSpecificity, type Place, StyleSheet, type Weighed, weigh, weightOf} from './style-sheet.ts';
import {withoutComments} from './style-text.ts';
import {isBox, type Survey} from './survey.ts';
import {TextFlow} from './text-flow.ts';
import {isSeen, takesPlace} from './visibility.ts';
import {normalSpace} from './white-space.ts';

/** An open element. */
interface Frame {
  readonly name: string;
  readonly style: Style;
  /** Whether text that stands directly in it is seen. */
  readonly isSeen: boolean;
  readonly places: readonly Place[];
  /** The list that it is, or that it is in. */
  readonly choice: Choice | undefined;
  /** Whether a line's end that begins its text is not shown (HTML §13.2.6.4.7). */
  skipsLine: boolean;
}

/** Reads of a page what a person sees: each element gets its style, and its style says whether its text is seen. */
export class Page implements ElementReader {
  title = '';
  readonly #flow = new TextFlow();
  readonly #survey: Survey;
  readonly #sheet: StyleSheet;
  readonly #frames: Frame[] = [];
  readonly #root: Style;
  #hasTitle = false;
  #isTitle = false;
  #labels = 0;
  #boxes = 0;

  constructor(survey: Survey, characters: number) {
    this.#survey = survey;
    this.#sheet = new StyleSheet(survey.sheets, characters);
    this.#root = pageStyle(!survey.isStyledFromElsewhere);
  }

  opened(name: string, attributes: Attributes): void {
    const parent = this.#frames.at(-1);
    if (parent) parent.skipsLine = false;
    if (name === 'title' && !this.#hasTitle && parent?.name !== 'svg') this.#isTitle = this.#hasTitle = true;
    const box = isBox(name, attributes) ? this.#boxes++ : undefined;
    const places = this.#sheet.opened(name, attributes, this.#frames.length);
    const style = this.#styleOf(name, attributes, places);
    const choice = name === 'select' ? new Choice(attributes) : parent?.choice;
    const skipsLine = name === 'pre' || name === 'textarea' || name === 'listing';
    const frame = {name, style, isSeen: isSeen(style), places, choice, skipsLine};
    this.#frames.push(frame);
    if (choice && name === 'option') choice.open(attributes);
    if (style.isGone || parent?.choice) return;
    if (style.display === 'block') this.#flow.break();
    if (name === 'input') this.#field(frame, this.#filledIn(attributes, box));
    if (name === 'textarea') this.#flow.add(' ', normalSpace);
  }

  text(text: string): void {
    if (this.#isTitle) {
      if (this.title.length < limits.characters) this.title += text;
      return;
    }
    const frame = this.#frames.at(-1);
    if (frame?.choice) return void frame.choice.text(text);
    const isSkipped = frame?.skipsLine === true && text.startsWith('\n');
    if (frame) frame.skipsLine = false;
    const style = frame?.style ?? this.#root;
    if (frame?.isSeen ?? true) this.#flow.add(isSkipped ? text.slice(1) : text, style.whiteSpace);
    // Words on both sides of what is not seen, but has its place, are not one word.
    else if (takesPlace(style) && /\S/.test(text)) this.#flow.add(' ', normalSpace);
  }

  closed(name: string): void {
    if (name === 'title') this.#isTitle = false;
    const frame = this.#frames.pop();
    if (!frame) return;
    this.#sheet.closed(frame.places);
    if (frame.choice && name === 'option') frame.choice.close();
    if (frame.style.isGone || this.#frames.at(-1)?.choice) return;
    if (name === 'select') this.#field(frame, String(frame.choice));
    if (name === 'textarea') this.#flow.add(' ', normalSpace);
    if (frame.style.display === 'block') this.#flow.break();
    else if (frame.style.display === 'cell') this.#flow.tab();
  }

  isDone(): boolean {
    return this.#flow.characters >= limits.characters;
  }

  toString(): string {
    return this.#flow.toString();
  }

  #styleOf(name: string, attributes: Attributes, places: readonly Place[]): Style {
    const parent = this.#frames.at(-1)?.style ?? this.#root;
    const isLeftOut = name === 'label' && this.#survey.idleLabels.has(this.#labels++);
    if (parent.isGone || isLeftOut || this.#isUnseen(name)) return {...parent, isGone: true};
    return styleOf({name, attributes, said: saidOf(attributes.get('style'), places)}, parent);
  }

  #isUnseen(name: string): boolean {
    return unseen.has(name) || (name === 'noscript' && this.#survey.runsScripts);
  }

  /** What an input was filled in with; of a box that was checked and has no label, what that means. */
  #filledIn(attributes: Attributes, box: number | undefined): string {
    if (box === undefined) return writtenIn(attributes);
    const isTold = !attributes.has('checked') || this.#survey.labelledBoxes.has(box);
    return isTold ? '' : (attributes.get('value') ?? '');
  }

  /** What stands in a field of a form, apart from the words around it. */
  #field(frame: Frame, text: string): void {
    if (frame.isSeen && text !== '') this.#flow.add(` ${text} `, normalSpace);
  }
}

/** What the styles of an element say: those of its places in the page's sheets, and its own. */
function saidOf(own: string | undefined, places: readonly Place[]): Said | null {
  if (own === undefined && places.every(({said}) => said.size === 0)) return null;
  const held = new Map<string, Weighed>();
  for (const place of places) for (const [property, weighed] of place.said) weigh(held, property, weighed);
  for (const [order, declaration] of declarationsIn(withoutComments(own ?? '')).entries()) {
    const {property, value, isImportant} = declaration;
    weigh(held, property, {value, weight: weightOf(ownSpecificity, order, isImportant)});
  }
  return (property) => held.get(property)?.value;
}
