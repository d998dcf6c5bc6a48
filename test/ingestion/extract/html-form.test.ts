/** Forms that were filled in and saved. */
import test from 'ava';
import {htmlText} from '../../../services/ingestion/extract/html/html.ts';

const textOf = (page: string) => htmlText(page).text.trim();

test('what was written into a form is read', (t) => {
  t.is(
    textOf('Name:<input value="Anna">Born:<input type=" Date" value="1990-05-01">'),
    'Name: Anna Born: 1990-05-01',
  );
  t.is(
    textOf('Story: <textarea>\nMy card\nwas &lt;charged&gt;  twice</textarea> End'),
    'Story: My card\nwas <charged>  twice End',
  );
  for (const type of ['text', 'email', 'tel', 'url', 'search', 'number', 'datetime-local', 'unheard-of'])
    t.is(textOf(`<input type="${type}" value="17">`), '17', type);
});

test('what a form does not show, or nobody wrote, is not read', (t) => {
  for (const type of ['hidden', 'password', 'submit', 'button', 'image', 'file', 'range', 'color'])
    t.is(textOf(`a<input type="${type}" value="17">`), 'a', type);
  t.is(textOf('a<input placeholder="Your name"><input value="x" style="display:none">'), 'a');
  t.is(textOf('a<textarea hidden>x</textarea><select hidden><option selected>y</select>'), 'a');
});

test('of a list the options that were chosen are read', (t) => {
  t.is(textOf('Wish: <select><option>card<option selected>refund<option>none</select>!'), 'Wish: refund !');
  t.is(textOf('<select><option>card<option>refund</select>'), 'card');
  t.is(textOf('<select style="display:block"><option selected>card</select>!'), 'card \n!');
  t.is(textOf('<select multiple><option>a<option selected>b<option selected>c</select>'), 'b, c');
  t.is(textOf('a<select multiple><option>b</select>'), 'a');
  t.is(textOf('<select><optgroup label="g"><option selected label="L">x</optgroup></select>'), 'L');
});

test('boxes that were checked are read by their label or value, and others are not', (t) => {
  const radio = '<label><input type="radio"> no</label> <label><input type="radio" checked> yes</label>';
  t.is(textOf(radio), 'yes');
  t.is(
    textOf(
      '<label for="a">card</label><input type="checkbox" id="a"><input type="checkbox" id="b" checked><label for="b">refund</label>',
    ),
    'refund',
  );
  t.is(
    textOf('<input type="checkbox" value="card"><input type="checkbox" value="refund" checked>'),
    'refund',
  );
  t.is(textOf(`<div hidden>${radio}</div><input type="radio" value="x" checked>`), 'x');
});

test('labels are read in a form that nobody filled in', (t) => {
  t.is(textOf('<label><input type="checkbox"> refund</label>'), 'refund');
});
