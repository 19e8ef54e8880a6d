// How the page's sources are written: what could turn a text into a script or a style is in none of them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const page = new URL('../../Web/wwwroot/', import.meta.url);
/** @param {RegExp} ending @returns {[string, string][]} */
const files = ending => readdirSync(page, { recursive: true, encoding: 'utf8' }).filter(name => ending.test(name)).map(name => [name, readFileSync(new URL(name, page), 'utf8')]);

const forbidden = [/\b(inner|outer)HTML\b/, /\binsertAdjacentHTML\b/, /\bsetHTMLUnsafe\b/, /\bparseHTMLUnsafe\b/, /\bDOMParser\b/, /\bcreateContextualFragment\b/, /\bdocument\.write/, /\beval\(/, /\bnew Function\b/,
  /\bset(Timeout|Interval)\(['"`]/, /setAttribute\(\s*['"`](on|style|srcdoc)/, /['\"`]javascript:/, /\.cssText\b/];

test('No script makes markup, code or style of a text', () => {
  const scripts = files(/\.js$/);
  assert.ok(scripts.length > 50);
  for (const [name, text] of scripts) for (const form of forbidden) assert.doesNotMatch(text, form, name);
});

test('No page has a script, a style or a handler of its own', () => {
  const pages = files(/\.html$/);
  assert.ok(pages.length > 8);
  for (const [name, text] of pages) for (const form of [/<script(?![^>]*\ssrc=)/i, /<style/i, /\sstyle=/i, /\son[a-z]+=/i, /=["']javascript:/i]) assert.doesNotMatch(text, form, name);
});

test('What is looked for would be found', () => {
  for (const harm of ['a.innerHTML = b', 'eval(a)', 'new Function(a)', "a.setAttribute('onclick', b)", "setTimeout('a()', 1)"]) assert.ok(forbidden.some(form => form.test(harm)), harm);
});
