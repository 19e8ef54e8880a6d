import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { element } from './dom.js';

const keys = ['1 – 7', '← →', 'Enter', 'Esc', 't', '?'];

const typed = 'textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button])';

/** Whether a key is ours: nobody is typing, no dialog is open, and it is no command of the browser. @param {KeyboardEvent} event */
export const isOurs = event => !event.ctrlKey && !event.altKey && !event.metaKey
  && !(event.target instanceof Element && event.target.matches(typed)) && !document.querySelector('dialog[open]');

/** Whether besides it was pressed anew: a key that is held down does once what it does. @param {KeyboardEvent} event */
export const isFree = event => !event.repeat && isOurs(event);

/** Whether a key that is a single character is ours; people who speak to their computer may have switched these off. @param {KeyboardEvent} event */
export const isFreeCharacter = event => isFree(event) && preferences.get('keys') === 'on';

/** Shows which keys there are, on `?` and on a button. */
export function keysView() {
  /** @type {HTMLDialogElement|undefined} */ let dialog;
  const show = () => (dialog ??= make()).showModal();

  for (const button of document.querySelectorAll('[data-keys]')) button.addEventListener('click', show);
  document.addEventListener('keydown', event => { if (event.key === '?' && isFreeCharacter(event)) show(); });
}

function make() {
  const dialog = document.body.appendChild(element('dialog', 'keys-dialog'));
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const form = dialog.appendChild(element('form'));
  form.method = 'dialog';
  form.appendChild(element('h2', '', t('keys.title'))).id = 'keys-title';
  const list = form.appendChild(element('dl', 'facts'));
  keys.forEach((key, at) => {
    const row = list.appendChild(element('div'));
    const name = row.appendChild(element('dt'));
    name.appendChild(element('kbd', '', key)).dir = 'ltr';
    row.append(element('dd', '', t(`keys.${at + 1}`)));
  });
  form.appendChild(element('p', 'buttons')).appendChild(element('button', 'primary', t('settings.done')));
  return dialog;
}
