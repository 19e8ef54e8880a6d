import { language, languages } from '../i18n.js';
import { preferences } from '../preferences.js';
import { element } from './dom.js';

/** @typedef {HTMLInputElement|HTMLTextAreaElement} Field */

const fields = '[id]:is(textarea, [type=text], [type=search], input:not([type]))';

/** The choice of languages, each under its own name. The page is loaded again in the new one: a game comes back by itself, and what was typed is put back. */
export function languageView() {
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll('select[data-languages]'))) languageChoice(select);
  putBack();
}

/** @param {HTMLSelectElement} select */
export function languageChoice(select) {
  select.append(...Object.entries(languages).map(([tag, { name }]) => {
    const option = element('option', '', name);
    option.value = option.lang = tag;
    return option;
  }));
  select.value = language;
  select.addEventListener('change', () => {
    preferences.set('language', select.value);
    sessionStorage.typed = JSON.stringify([...typed()].map(field => [field.id, field.value]));
    location.reload();
  });
}

/** @returns {NodeListOf<Field>} */
const typed = () => document.querySelectorAll(fields);

function putBack() {
  const texts = new Map(JSON.parse(sessionStorage.typed ?? '[]'));
  delete sessionStorage.typed;
  for (const field of typed()) {
    const text = texts.get(field.id);
    if (!text) continue;
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }
}
