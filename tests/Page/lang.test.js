// The texts of the page: none is missing, in no language, and none is left over.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const page = new URL('Web/wwwroot/', root);

/** @param {URL} folder @param {string} ending @returns {[string, string][]} names below the folder, and texts */
const files = (folder, ending) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith(ending) && !/(^|\/)(bin|obj|node_modules)\//.test(name)).sort().map(name => [name, readFileSync(new URL(name, folder), 'utf8')]);

/** @typedef {Record<string, string|Record<string, string>>} Texts */

/** @type {Map<string, Texts>} */
const all = new Map(files(new URL('lang/', page), '.json').map(([name, text]) => [name.replace('.json', ''), JSON.parse(text)]));
const english = /** @type {Texts} */ (all.get('en'));
const others = [...all].filter(([language]) => language !== 'en');
const locales = new Map([...readFileSync(new URL('i18n.js', page), 'utf8').matchAll(/^ {2}(\w+): \{ name: '.+', direction: '\w+', locale: '([\w-]+)' \},$/gm)].map(([, language, locale]) => [language, locale]));

const scripts = files(page, '.js');
const htmls = files(page, '.html');

/** Every form of a text. @param {string|Record<string, string>} text */
const forms = text => typeof text === 'string' ? [text] : Object.values(text);

/** @param {string} text */
const parameters = text => [...new Set(text.match(/\{\w+\}/g))].sort();

/** @param {string} text */
const unescaped = text => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');

test('No file of a language says a text twice', () => {
  for (const [name, text] of files(new URL('lang/', page), '.json')) {
    const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
    assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), [], name);
    assert.equal(keys.length, Object.keys(JSON.parse(text)).length, name);
  }
});

test('Every language of the page has its file, and every file its language', () => {
  assert.deepEqual([...locales.keys()].sort(), [...all.keys()].sort());
});

for (const [language, texts] of others) {
  test(`${language} has the same texts as English, in the same order`, () => {
    assert.deepEqual(Object.keys(english).filter(key => !(key in texts)), [], 'missing');
    assert.deepEqual(Object.keys(texts).filter(key => !(key in english)), [], 'left over');
    assert.deepEqual(Object.keys(texts), Object.keys(english));
  });

  test(`${language} says in each text what English says in it: the same parameters`, () => {
    for (const [key, text] of Object.entries(english)) {
      const theirs = texts[key];
      assert.equal(typeof theirs, typeof text, key);
      const wanted = typeof text === 'string' ? parameters(text) : parameters(text.other);
      if (typeof theirs === 'string') assert.deepEqual(parameters(theirs), wanted, key);
      else for (const [category, form] of Object.entries(theirs)) {
        // "A person" needs no number; what stands for many numbers does.
        const isOneNumber = ['zero', 'one', 'two'].includes(category);
        assert.deepEqual(parameters(form).filter(name => !isOneNumber || name !== '{count}'), wanted.filter(name => !isOneNumber || name !== '{count}'), `${key}, ${category}`);
      }
    }
  });

  test(`${language} has no English left in it`, () => {
    const englishWords = /\b(the|you|your|is|are|of|and|with|this|that|not|game|move)\b/i;
    for (const [key, text] of Object.entries(texts)) {
      for (const form of forms(text)) {
        const words = form.replace(/\{\w+\}/g, '');
        assert.doesNotMatch(words, englishWords, `${key}: ${form}`);
        if (language === 'ar' || language === 'ja') assert.doesNotMatch(words.replace(/\b(HTTPS?|JavaScript|QR|Glicko-2|Enter|Esc|Elo|RD)\b/g, ''), /[A-Za-z]{2}/, `${key}: ${form}`);
      }
      if (JSON.stringify(text) === JSON.stringify(english[key])) assert.ok(mayBeSame(language, key, text), `${key} is as in English: ${JSON.stringify(text)}`);
    }
  });
}

/** Texts that are right in this language although they are the English ones. @type {Record<string, string[]>} */
const same = {
  fr: ['site.pages', 'invitation.title', 'facts.notation', 'colour.orange'],
  de: ['lobby.title', 'lobby.name', 'leaderboard.name', 'account.name', 'facts.notation', 'colour.orange'],
};

/** What has no letters besides units and parameters is the same everywhere. @param {string} language @param {string} key @param {string|Record<string, string>} text */
const mayBeSame = (language, key, text) => same[language]?.includes(key) || forms(text).every(form => !/\p{L}/u.test(form.replace(/\{\w+\}|\bmin\b|\bs\b/g, '')));

for (const [language, texts] of all) {
  test(`${language} has a text for every number`, () => {
    const categories = new Intl.PluralRules(locales.get(language)).resolvedOptions().pluralCategories.sort();
    for (const [key, text] of Object.entries(texts)) if (typeof text !== 'string') assert.deepEqual(Object.keys(text).sort(), categories, key);
  });

  test(`${language} leaves nothing empty, and nothing that only looks like a text`, () => {
    for (const [key, text] of Object.entries(texts)) for (const form of forms(text)) {
      assert.notEqual(form.trim(), '', key);
      assert.doesNotMatch(form, /undefined|TODO|\{\s|\s\}|'|\.\.\./, `${key}: ${form}`);
    }
  });
}

test('French sets no plain space before what stands apart from its word', () => {
  for (const [key, text] of Object.entries(all.get('fr') ?? {})) for (const form of forms(text)) assert.doesNotMatch(form, / [:;?!»]|« /, `${key}: ${form}`);
});

const groups = new Set(Object.keys(english).map(key => key.split('.')[0]));

/** Keys that the page names as a whole, and beginnings of keys that it puts together; each with the file that does. */
function named() {
  const keys = new Map();
  const beginnings = new Map();
  for (const [file, text] of scripts) {
    for (const [, key, group] of text.matchAll(/['"`](([a-z_]+)\.[\w.]+)['"`]/g)) if (groups.has(group) && !/\.(js|html|css|json|svg)$/.test(key)) keys.set(key, file);
    for (const [, beginning, group] of text.matchAll(/`(([a-z_]+)\.[\w.]*)\$\{/g)) if (groups.has(group)) beginnings.set(beginning, file);
  }
  for (const [file, text] of htmls) for (const [, key] of text.matchAll(/\sdata-t(?:-\w+)?="([^"]*)"/g)) keys.set(key, file);
  return { keys, beginnings };
}

test('Every text that the page names exists', () => {
  const { keys, beginnings } = named();
  for (const [key, file] of keys) assert.ok(key in english, `${file} names ${key}`);
  for (const [beginning, file] of beginnings) assert.ok(Object.keys(english).some(key => key.startsWith(beginning)), `${file} names ${beginning}...`);
});

test('Every text that exists is named', () => {
  const { keys, beginnings } = named();
  assert.deepEqual(Object.keys(english).filter(key => !keys.has(key) && ![...beginnings.keys()].some(beginning => key.startsWith(beginning))), []);
});

test('The English in the pages is that of the texts, and nothing else is said there', () => {
  for (const [file, text] of htmls) {
    const body = text.replace(/<!doctype html>|<noscript>[^]*?<\/noscript>|<!--[^]*?-->/g, '');
    for (const [, attributes] of body.matchAll(/<\w+\s([^>]*)>/g)) {
      for (const [attribute, name] of Object.entries({ 'data-t-label': 'aria-label', 'data-t-placeholder': 'placeholder', 'data-t-title': 'title', 'data-t-alt': 'alt', 'data-t-content': 'content' })) {
        const key = new RegExp(`(?:^|\\s)${attribute}="([^"]*)"`).exec(attributes)?.[1];
        const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
        if (key && value !== undefined) assert.equal(unescaped(value), english[key], `${file}, ${attribute}`);
        if (!key && value && name !== 'content') assert.fail(`${file}: ${name}="${value}" has no key`);
      }
    }
    /** Open elements, and what is said in each that has a key. @type {{tag: string, key?: string, slot?: string, said: string}[]} */
    const open = [];
    for (const [, closes, tag, attributes, words] of body.matchAll(/<(\/?)([a-z]\w*)((?:\s[^>]*)?)>|([^<]+)/g)) {
      const inner = open.findLast(element => element.key !== undefined);
      if (words !== undefined) {
        const isHeld = open.some(element => ['kbd', 'code'].includes(element.tag) || element.slot);
        if (inner) { if (!isHeld) inner.said += words; }
        else if (!isHeld) assert.doesNotMatch(words, /\p{L}/u, `${file}: "${words.trim()}" has no key`);
      } else if (closes) {
        const closed = open.splice(open.findLastIndex(element => element.tag === tag))[0];
        if (closed.key && closed.said.trim()) assert.equal(unescaped(closed.said), english[closed.key], `${file}, ${closed.key}`);
      } else {
        const slot = /data-slot="(\w+)"/.exec(attributes)?.[1];
        if (slot && inner) inner.said += `{${slot}}`;
        if (!['img', 'input', 'link', 'meta', 'br', 'hr'].includes(tag)) open.push({ tag, key: /\sdata-t="([^"]*)"/.exec(attributes)?.[1], slot, said: '' });
      }
    }
  }
});

test('Every page lets choose the language', () => {
  for (const [file, text] of htmls) assert.match(text, /<select data-languages/, file);
});

test('Every error of the server has a text, and every text of an error an error', () => {
  const protocol = readFileSync(new URL('docs/protocol.md', root), 'utf8');
  const errors = [.../^## Errors$[^]*?(?=^## |(?![^]))/m.exec(protocol)?.[0].matchAll(/^\| `(\w+)` \|/gm) ?? []].map(([, code]) => code).filter(code => code !== 'code');
  assert.ok(errors.length > 20);
  for (const code of errors) assert.ok(`error.${code}` in english, `error.${code}`);

  const server = files(new URL('Web/', root), '.cs').map(([, text]) => text).join('\n');
  const problems = [...server.matchAll(/(?:Problems\.(?:BadRequest|Conflict|Forbidden|Unauthorized)\(|=> Problem\(StatusCodes\.\w+, |Problems\.Problem\(StatusCodes\.\w+, |=> \(|=> Unauthorized\(|Later\([\w.]+, StatusCodes\.\w+, )"(\w+)", /g)].map(([, code]) => code);
  assert.ok(problems.length > 15);
  for (const code of problems) assert.ok(`problem.${code}` in english || `error.${code}` in english, `problem.${code}`);

  const ofTheCode = scripts.map(([, text]) => text).join('\n');
  for (const key of Object.keys(english)) {
    const [, group, code] = /^(error|problem)\.(\w+)$/.exec(key) ?? [];
    if (group === 'error' && code !== 'other') assert.ok(errors.includes(code), key);
    if (group === 'problem') assert.ok(problems.includes(code) || ofTheCode.includes(`'${code}'`) || ofTheCode.includes(`'${key}'`), key);
  }
});

test('The sheets of style know no left and right, but beginning and end', () => {
  for (const [file, text] of files(new URL('css/', page), '.css'))
    assert.doesNotMatch(text.replace(/\/\*[^]*?\*\//g, ''), /(margin|padding|border)-(left|right)\b|text-align:\s*(left|right)\b|float:\s*(left|right)\b/, file);
});
