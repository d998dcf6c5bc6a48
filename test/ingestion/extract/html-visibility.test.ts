/** What of a page is seen, by the styles of its elements. */
import test, {type ExecutionContext} from 'ava';
import {htmlText} from '../../../services/ingestion/extract/html/html.ts';

/** Each page holds the word `mark` once. */
function areSeen(t: ExecutionContext, ...pages: string[]): void {
  for (const page of pages) t.true(htmlText(page).text.includes('mark'), page);
}

function areUnseen(t: ExecutionContext, ...pages: string[]): void {
  for (const page of pages) t.false(htmlText(page).text.includes('mark'), page);
}

test('a font of no size hides the text directly in it, and what is relative to it', (t) => {
  areSeen(
    t,
    '<div style="font-size:0"><div style="display:inline-block;font-size:14px"><p>mark</p></div></div>',
    '<div style="font-size:0"><span style="font-size:1rem">mark</span></div>',
    '<div style="font-size:0"><span style="font:bold 14px/1.2 Arial">mark</span></div>',
    '<div style="font-size:0"><font size="2">mark</font></div>',
    '<div style="font-size:0"><input value="mark"></div>',
    '<div style="font-size:0"><p style="font-size:clamp(14px,2vw,20px)">mark</p></div>',
    '<p style="font-size:0.9em">mark</p>',
  );
  areUnseen(
    t,
    '<div style="font-size:0">mark<p style="font-size:14px">more</p></div>',
    '<div style="font-size:0"><span style="font-size:2em">mark</span></div>',
    '<div style="font-size:0"><span style="font-size:150%">mark</span></div>',
    '<div style="font:0/0 a">mark</div>',
    '<p style="font-size:1px">mark</p>',
    '<p style="font-size:.5pt">mark</p>',
  );
});

test('what is visible in a hidden element is seen, and nothing in one that is not displayed', (t) => {
  areSeen(
    t,
    '<div style="visibility:hidden"><p style="visibility:visible">mark</p></div>',
    '<div style="visibility:collapse"><p><b style="visibility:visible">mark</b></p></div>',
    '<p hidden style="display:block">mark</p>',
    '<dialog open>mark</dialog>',
  );
  areUnseen(
    t,
    '<div style="visibility:hidden"><p>mark</p></div>',
    '<div style="display:none"><p style="display:block;visibility:visible">mark</p></div>',
    '<p hidden>mark</p>',
    '<p hidden="until-found">mark</p>',
    '<dialog>mark</dialog>',
    '<div style="mso-hide:all">mark</div>',
  );
});

test('what nothing shows through is seen, whatever machines are told of it', (t) => {
  areSeen(
    t,
    '<p aria-hidden="true">mark</p>',
    '<details><summary>More</summary>mark</details>',
    '<p style="opacity:0.4">mark</p>',
    '<p style="opacity:0;animation:appear 1s forwards">mark</p>',
  );
  areUnseen(
    t,
    '<div style="opacity:0"><p style="opacity:1">mark</p></div>',
    '<p style="opacity:.01">mark</p>',
    '<p style="filter:opacity(0%)">mark</p>',
    '<p style="filter:alpha(opacity=0)">mark</p>',
  );
});

test('what is moved off the screen is not seen, and what is moved on it is', (t) => {
  areSeen(
    t,
    '<div style="left:-9999px">mark</div>',
    '<div style="position:absolute;left:50%;margin-left:-300px">mark</div>',
    '<div style="float:left;margin-left:-100%">mark</div>',
    '<div style="position:absolute;top:12000px">mark</div>',
    '<p style="text-indent:-20px">mark</p>',
    '<div style="transform:translate(-50%,-50%)">mark</div>',
  );
  areUnseen(
    t,
    '<div style="position:absolute;left:-9999px">mark</div>',
    '<div style="position:absolute;left:-999em"><p>mark</p></div>',
    '<div style="position:fixed;top:0;left:-100%">mark</div>',
    '<div style="position:fixed;inset:-5000px auto auto 0">mark</div>',
    '<div style="margin:0 0 0 -9999px">mark</div>',
    '<h1 style="text-indent:-9999px"><span>mark</span></h1>',
    '<h1 style="text-indent:100%;white-space:nowrap;overflow:hidden">mark</h1>',
    '<div style="transform:translateX(-9999px)">mark</div>',
  );
});

test('what is clipped to nothing is not seen', (t) => {
  areSeen(
    t,
    '<span style="clip:rect(0,0,0,0)">mark</span>',
    '<div style="position:absolute;clip:rect(0,200px,100px,0)">mark</div>',
    '<div style="clip-path:inset(10px)">mark</div>',
    '<div style="clip-path:polygon(0 0,100% 0,0 100%)">mark</div>',
  );
  areUnseen(
    t,
    '<span style="position:absolute;clip:rect(0 0 0 0)">mark</span>',
    '<span style="position:absolute;clip:rect(1px,1px,1px,1px)">mark</span>',
    '<div style="clip-path:inset(50%)">mark</div>',
    '<div style="clip-path:circle(0 at 50% 50%)">mark</div>',
    '<div style="clip-path:polygon(0 0,0 0,0 0)">mark</div>',
    '<div style="transform:scale(0)">mark</div>',
  );
});

test('a box of no size hides what does not fit in, if it hides that', (t) => {
  areSeen(
    t,
    '<div style="height:0">mark</div>',
    '<span style="height:0;overflow:hidden">mark</span>',
    '<div style="height:0;overflow:hidden;padding-top:50px">mark</div>',
    '<div style="height:0;min-height:20px;overflow:hidden">mark</div>',
    '<table><tr><td style="height:1px;overflow:hidden">mark</td></tr></table>',
  );
  areUnseen(
    t,
    '<div style="max-height:0;overflow:hidden"><p>mark</p></div>',
    '<div style="width:1px;height:1px;overflow:hidden">mark</div>',
    '<div style="max-width:0px;overflow-x:clip">mark</div>',
    '<span style="display:inline-block;width:0;overflow:hidden">mark</span>',
    '<span style="position:absolute;height:1px;overflow:hidden">mark</span>',
  );
});

test('text in the color of its ground is not seen', (t) => {
  areSeen(
    t,
    '<p style="color:#FFFFFF;background:#000">mark</p>',
    '<p style="background:none repeat scroll 0 0 #336699;color:#fff">mark</p>',
    '<table bgcolor="003366"><tr><td><font color="ffffff">mark</font></td></tr></table>',
    '<h1 style="background-color:rgba(0,0,0,.8);color:#fff">mark</h1>',
    '<body bgcolor="black" text="white">mark</body>',
    '<div style="color:#fff"><a href="/">mark</a></div>',
    '<p style="color:#eee">mark</p>',
  );
  areUnseen(
    t,
    '<p style="color:#fff">mark</p>',
    '<font color="White">mark</font>',
    '<p style="color:rgb(255, 255, 255)">mark</p>',
    '<p style="color:rgb(255 255 255 / 100%)">mark</p>',
    '<p style="color:hsl(0,0%,100%)">mark</p>',
    '<p style="color:#fefefe">mark</p>',
    '<p style="color:transparent">mark</p>',
    '<p style="color:rgba(0,0,0,0)">mark</p>',
    '<table bgcolor="#FFFFFF"><tr><td><font color="#ffffff">mark</font></td></tr></table>',
    '<div style="background:#000"><div style="background:#fff"><p style="color:#fff">mark</p></div></div>',
    '<p style="background:transparent;color:white">mark</p>',
    '<div style="color:#fff"><a href="/" style="color:inherit">mark</a></div>',
    '<body bgcolor="black">mark</body>',
    '<link rel="stylesheet" href="https://fonts.example.org/css?family=Lato"><p style="color:#fff">mark</p>',
  );
});

test('text is seen where its ground is not known, or its shape is painted otherwise', (t) => {
  areSeen(
    t,
    '<div style="background:url(photo.jpg) #fff"><p style="color:white">mark</p></div>',
    '<td background="photo.jpg" bgcolor="white"><font color="white">mark</font></td>',
    '<div style="background:linear-gradient(#000,#111);color:white">mark</div>',
    '<div style="background:var(--dark);color:white">mark</div>',
    '<div style="background-color:var(--dark);color:white">mark</div>',
    '<img src="photo.jpg"><p style="position:absolute;color:white">mark</p>',
    '<link rel="stylesheet" href="dark.css"><p style="color:#fff">mark</p>',
    '<p style="color:white;text-shadow:0 0 2px black">mark</p>',
    '<h1 style="background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent">mark</h1>',
  );
});

test('a style is read as browsers read it', (t) => {
  areSeen(
    t,
    '<p style="display:none;display:block">mark</p>',
    `<p style="background-image:url('a;display:none')">mark</p>`,
    `<p style="content:'display:none'">mark</p>`,
    '<p style="constructor:none;toString:x">mark</p>',
    '<p style="font-size:constructor;color:valueof;width:0toString">mark</p>',
  );
  areUnseen(
    t,
    '<p style=" DISPLAY : NONE !IMPORTANT ; color:red">mark</p>',
    '<p style="display:none!important;display:block">mark</p>',
    '<p style="display:/* not */none">mark</p>',
    '<p style="x:url(a;b);display:none">mark</p>',
  );
});

test('letters that are drawn are seen where a page would show them, and nothing else of a drawing', (t) => {
  areSeen(
    t,
    '<svg width="90"><text x="1" y="9">mark</text></svg>',
    '<svg><g fill="none"><text fill="#333">m<tspan>ark</tspan></text></g></svg>',
    '<div style="color:white"><svg><text>mark</text></svg></div>',
    '<svg visibility="hidden"><text visibility="visible">mark</text></svg>',
    '<p>E <math><mi>mark</mi></math></p>',
  );
  areUnseen(
    t,
    '<svg width="0" height="0"><text>mark</text></svg>',
    '<svg style="width:0;height:0"><text>mark</text></svg>',
    '<svg><text fill="none">mark</text></svg>',
    '<svg><text style="fill:#fff">mark</text></svg>',
    '<svg><text opacity="0">mark</text></svg>',
    '<svg><g display="none"><text>mark</text></g></svg>',
    '<svg><text x="-9999">mark</text></svg>',
    '<svg><text font-size="0">mark</text></svg>',
    '<svg><title>mark</title></svg>',
    '<svg><desc>mark</desc></svg>',
    '<svg><defs><text>mark</text></defs></svg>',
    '<p><math><semantics><mi>x</mi><annotation encoding="tex">mark</annotation></semantics></math></p>',
  );
});
