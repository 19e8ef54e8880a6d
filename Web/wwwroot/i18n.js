// The page's language: the person's choice, or the first of the browser's that we have, or English. All texts of a language lie in lang/<language>.json.
import { preferences } from './preferences.js';

/** @typedef {Record<string, string|Record<string, string>>} Texts */

/** What each language calls itself, and how it is written. */
export const languages = /** @type {const} */ ({
  en: { name: 'English', direction: 'ltr' },
});

/** @typedef {keyof typeof languages} Language */

const [language, texts] = await load();
const plural = new Intl.PluralRules(language);

export { language };

/**
 * The text of that key. `{name}` in it is replaced by the parameter of that name; where it has plural forms, `count` chooses.
 * @param {string} key @param {Record<string, string|number>} [parameters]
 */
export function t(key, parameters = {}) {
  const found = texts[key];
  if (found === undefined) throw new Error(`There is no text ${key}.`);
  const text = typeof found === 'string' ? found : found[plural.select(Number(parameters.count))] ?? found.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(parameters[name]));
}

/** Fills in the texts of what stands in the page. @param {ParentNode} [within] */
export function translate(within = document) {
  for (const [attribute, set] of /** @type {[string, (on: Element, text: string) => void][]} */ ([
    ['data-t', (on, text) => { on.textContent = text; }],
    ['data-t-label', (on, text) => on.setAttribute('aria-label', text)],
    ['data-t-placeholder', (on, text) => on.setAttribute('placeholder', text)],
    ['data-t-title', (on, text) => on.setAttribute('title', text)],
  ])) for (const on of within.querySelectorAll(`[${attribute}]`)) set(on, t(on.getAttribute(attribute) ?? ''));
}

/** @returns {Promise<[Language, Texts]>} */
async function load() {
  const wanted = [preferences.get('language'), ...navigator.languages].map(tag => tag.split('-')[0]);
  const chosen = /** @type {Language} */ (wanted.find(tag => tag in languages) ?? 'en');
  document.documentElement.lang = chosen;
  document.documentElement.dir = languages[chosen].direction;
  const answer = await fetch(new URL(`lang/${chosen}.json`, import.meta.url));
  return [chosen, await answer.json()];
}
