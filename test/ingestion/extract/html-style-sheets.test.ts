/** What of a page is seen, by the style sheets in it. */
import test, {type ExecutionContext} from 'ava';
import {htmlText} from '../../../services/ingestion/extract/html/html.ts';
import {Unreadable} from '../../../services/ingestion/extract/unreadable.ts';

/** Each page holds the word `mark` once. */
function areSeen(t: ExecutionContext, pages: string[]): void {
  for (const page of pages) t.true(htmlText(page).text.includes('mark'), page);
}

function areUnseen(t: ExecutionContext, pages: string[]): void {
  for (const page of pages) t.false(htmlText(page).text.includes('mark'), page);
}

test('a style sheet hides what its selectors are about, wherever it stands', (t) => {
  const hiding = (selectors: string, element: string) =>
    `<style>${selectors}{display:none}</style>${element}`;
  areUnseen(t, [
    hiding('.preheader', '<div class="a preheader b">mark</div>'),
    hiding('div.preheader, #x', '<p id="x">mark</p>'),
    hiding('TD.x', '<table><tr><td class="x">mark</table>'),
    hiding('tr > td.x', '<table><tr><td class="x">mark</table>'),
    hiding('.a .b .c', '<div class="a"><p><b class="b"><i class="c">mark</i></b></p></div>'),
    hiding('[class="x"]', '<p class="x">mark</p>'),
    hiding(':root .x', '<html><body><p class="x">mark</p>'),
    hiding('.sm\\:none', '<p class="sm:none">mark</p>'),
    hiding('.x:hover, .x', '<p class="x">mark</p>'),
    '<p class="x">mark</p><style>.x{display:none}</style>',
  ]);
  areSeen(t, [
    hiding('.preheader', '<div class="Preheader">mark</div>'),
    hiding('table > td', '<table><tr><td>mark</table>'),
    hiding('.a .b', '<div class="a">x</div><p class="b">mark</p>'),
    hiding('.a > .b', '<div class="a"><p><b class="b">mark</b></p></div>'),
    hiding('.x:hover, .x::before, .y + .x, .x[a^=b]', '<p class="x" a="b">mark</p>'),
    hiding('.constructor', '<p class="x">mark</p>'),
  ]);
});

test('a style sheet hides what stands after something else', (t) => {
  const page = (selector: string, elements: string) => `<style>${selector}{display:none}</style>${elements}`;
  areUnseen(t, [
    page('.a + .b', '<p class="a">x</p> and <p class="b">mark</p>'),
    page('.a+.b', '<br class="a"><b class="b">mark</b>'),
    page('.a ~ .b', '<p class="a">x<i>x</i></p><p>x</p><p class="b">mark</p>'),
    page('.a ~ .b + i', '<p class="a">x</p><p class="b">x</p><p class="b">x</p><i>mark</i>'),
    page('#m + div > b, .y', '<hr id="m"><div><b>mark</b></div>'),
    page('.a ~ div b', '<p class="a">x</p><div><p>x</p><p><b>mark</b></p></div>'),
    page('div .a + p', '<div><p class="a">x</p><p>mark</p></div>'),
    page('li + li', '<ul><li>x<li>mark</ul>'),
    page('a\\+b + i', '<a+b></a+b><i>mark</i>'),
    page('.a + .b', '<p class="a b">x</p><p class="a b">mark</p>'),
  ]);
  areSeen(t, [
    page('.a + .b', '<p class="a">x</p><p>x</p><p class="b">mark</p>'),
    page('.a + .b', '<p class="b">mark</p><p class="a">x</p>'),
    page('.a ~ .b', '<p class="a">x<i class="b">mark</i></p>'),
    page('.a + .b', '<div><p class="a">x</p></div><p class="b">mark</p>'),
    page('.a ~ .b', '<div><p class="a">x</p></div><div><p class="b">mark</p></div>'),
    page('i + i', '<p><i>mark</i></p><p><i>o</i></p>'),
    page('.a > + .b, + .b, .a ~', '<p class="a">x</p><p class="b">mark</p>'),
    page('[class~="b"]', '<p class="a b">mark</p>'),
  ]);
});

test('only style sheets for a light screen of a desk are applied', (t) => {
  const sheet = (media: string) => `<style>@media ${media}{.x{display:none}}</style><p class="x">mark</p>`;
  areUnseen(t, [
    sheet('screen'),
    sheet('all'),
    sheet('only screen and (min-width:480px)'),
    sheet('not print'),
    sheet('print, screen'),
    sheet('(400px <= width)'),
    '<style media="screen">.x{display:none}</style><p class="x">mark</p>',
    '<style>@media screen{@supports (display:flex){.x{display:none}}}</style><p class="x">mark</p>',
  ]);
  areSeen(t, [
    sheet('print'),
    sheet('only screen and (max-width:600px)'),
    sheet('screen and (max-device-width: 480px)'),
    sheet('(prefers-color-scheme: dark)'),
    sheet('not all'),
    sheet('(width < 600px)'),
    sheet('(who-knows: it)'),
    '<style media="print">.x{display:none}</style><p class="x">mark</p>',
    '<style>@media (prefers-color-scheme:dark){p{color:#fff!important}}</style><p>mark</p>',
    '<style type="text/x">.x{display:none}</style><p class="x">mark</p>',
    '<noscript><style>.x{display:none}</style></noscript><p class="x">mark</p>',
    '<style>.none{display:none}@media (min-width:640px){.sm\\:block{display:block}}</style><p class="none sm:block">mark</p>',
  ]);
});

test('of what styles say, the important holds, then the particular, then the last', (t) => {
  const styled = (sheet: string, style = '') =>
    `<style>${sheet}</style><p id="i" class="x" style="${style}">mark</p>`;
  areSeen(t, [
    styled('.x{display:none}', 'display:block'),
    styled('.x{display:block} p{display:none}'),
    styled('.x{display:none} p.x{display:block}'),
    styled('#i{display:block} p.x.x{display:none}'),
    styled('.x{display:none} .x{display:block}'),
    styled('.x{display:block!important} #i{display:none}', 'display:none'),
  ]);
  areUnseen(t, [
    styled('.x{display:none!important}', 'display:block'),
    styled('.x{display:block} .x{display:none}'),
    styled('#i{display:none} .x{display:block}'),
    styled('.x{display:block!important}', 'display:none!important'),
  ]);
});

test('a style sheet is read past what is not known in it', (t) => {
  areUnseen(
    t,
    [
      '<!-- .x{display:none} -->',
      '/* .x{ */ .x{display:none}',
      '@import "a.css"; .x{display:none}',
      '@font-face{font-family:a;src:url(a;b)} .x{display:none}',
      '@keyframes a{from{opacity:1}to{opacity:0}} .x{display:none}',
      'a{b:c;{d:e}} .x{display:none}',
      '.y{content:"}"} .x{display:none}',
      '@media print{.x{display:block}} .x{display:none}',
      '.x{color:red;display:none',
    ].map((sheet) => `<style>${sheet}</style><p class="x">mark</p>`),
  );
});

test('colors of a style sheet are those of its page', (t) => {
  areSeen(t, [
    '<style>body{background:#000;color:#fff}</style><body><p>mark</p></body>',
    '<style>body{background:#000} p{color:#fff}</style><p>mark</p>',
    '<html><head><style>html{background:#000} body{color:#fff}</style>mark',
    '<style>html > body > p{display:block} p{display:none}</style><p>mark</p>',
    'text<html style="background:#000"><body><p style="color:#fff">mark</p></body></html>',
  ]);
  areUnseen(t, ['<style>.x{color:#fff}</style><p class="x">mark</p>']);
});

test('a page whose styles take too long to find is refused, and a long one with many rules is not', (t) => {
  const rules = Array.from({length: 2_000}, (_, index) => `.a${index} i{color:red}`).join('');
  const all = Array.from({length: 2_000}, (_, index) => `a${index}`).join(' ');
  const elements = '<i>x</i>'.repeat(20_000);

  const error = t.throws(() => htmlText(`<style>${rules}</style><div class="${all}">${elements}</div>`), {
    instanceOf: Unreadable,
  });

  t.is(error?.reason, 'too-large');
  t.notThrows(() => htmlText(`<style>${rules}</style><div class="a1 a2">${elements}</div>`));
  const beside = Array.from({length: 2_000}, (_, index) => `.b${index} ~ i{color:red}`).join('');
  t.notThrows(() => htmlText(`<style>${beside}</style><div class="b1"></div>${elements}`));
});
