// The page's language: the person's choice, or the first of the browser's that we have, or English. All texts of a language lie in lang/<language>.json.
import { preferences } from './preferences.js';

/** @typedef {Record<string, string|Record<string, string>>} Texts */

/** What each language calls itself, how it is written, and how its numbers and dates are. */
export const languages = /** @type {const} */ ({
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  fr: { name: 'Français', direction: 'ltr', locale: 'fr' },
  de: { name: 'Deutsch', direction: 'ltr', locale: 'de' },
  es: { name: 'Español', direction: 'ltr', locale: 'es' },
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar-u-nu-latn' },
  ja: { name: '日本語', direction: 'ltr', locale: 'ja' },
});

/** @typedef {keyof typeof languages} Language */

const [language, texts] = await load();
const { direction, locale } = languages[language];
const plural = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });

export { language, locale };

/** Whether the page is read from the right. */
export const isMirrored = /** @type {string} */ (direction) === 'rtl';

/** A name or the like keeps its own direction within a sentence of the other one. @param {string} text */
const isolate = text => isMirrored ? `\u2068${text}\u2069` : text;

/** Whether there is a text of that key. @param {string} key */
export const has = key => Object.hasOwn(texts, key);

/**
 * The text of that key. `{name}` in it is replaced by the parameter of that name; where it has plural forms, `count` chooses.
 * @param {string} key @param {Record<string, string|number>} [parameters]
 */
export function t(key, parameters = {}) {
  return form(key, parameters.count).replace(/\{(\w+)\}/g, (_, name) => {
    const value = parameters[name];
    return typeof value === 'number' ? numbers.format(value) : isolate(String(value));
  });
}

/**
 * The same in pieces, for a sentence with elements in it.
 * @param {string} key @param {Record<string, Node>} nodes what to put in for each `{name}` @param {number} [count] @returns {(string|Node)[]}
 */
export function pieces(key, nodes, count) {
  return form(key, count).split(/\{(\w+)\}/).map((piece, at) => at % 2 ? nodes[piece] : piece);
}

/** @param {string[]} items */
export const list = items => conjunction.format(items.map(isolate));

/** Fills in the texts of what stands in the page. Elements within a sentence stay; each names its place by data-slot. */
function translate() {
  for (const [attribute, set] of /** @type {[string, (on: Element, text: string) => void][]} */ ([
    ['data-t', fill],
    ['data-t-label', (on, key) => on.setAttribute('aria-label', t(key))],
    ['data-t-placeholder', (on, key) => on.setAttribute('placeholder', t(key))],
    ['data-t-title', (on, key) => on.setAttribute('title', t(key))],
    ['data-t-alt', (on, key) => on.setAttribute('alt', t(key))],
    ['data-t-content', (on, key) => on.setAttribute('content', t(key))],
  ])) for (const on of document.querySelectorAll(`[${attribute}]`)) set(on, on.getAttribute(attribute) ?? '');
}

/** @param {Element} on @param {string} key */
function fill(on, key) {
  on.replaceChildren(...pieces(key, Object.fromEntries([...on.querySelectorAll('[data-slot]')].map(slot => [slot.getAttribute('data-slot'), slot]))));
}

/** @param {string} key @param {string|number} [count] @returns {string} */
function form(key, count) {
  const found = texts[key];
  if (found === undefined) throw new Error(`There is no text ${key}.`);
  return typeof found === 'string' ? found : found[plural.select(Number(count))] ?? found.other;
}

/** @returns {Promise<[Language, Texts]>} */
async function load() {
  const wanted = [preferences.get('language'), ...navigator.languages].map(tag => tag.split('-')[0]);
  const chosen = /** @type {Language} */ (wanted.find(tag => Object.hasOwn(languages, tag)) ?? 'en');
  document.documentElement.lang = chosen;
  document.documentElement.dir = languages[chosen].direction;
  const answer = await fetch(new URL(`lang/${chosen}.json`, import.meta.url));
  return [chosen, await answer.json()];
}

translate();
document.documentElement.dataset.language = language; // Now the page is shown, see base.css.
