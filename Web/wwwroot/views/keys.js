import { t } from '../i18n.js';
import { element } from './dom.js';

const keys = ['1 – 7', '← →', 'Enter', 'Esc', 't', '?'];

/** Shows which keys there are, on `?`. */
export function keysView() {
  /** @type {HTMLDialogElement|undefined} */ let dialog;

  document.addEventListener('keydown', event => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox' && event.target.type !== 'radio';
    if (event.key !== '?' || isTyping || document.querySelector('dialog[open]')) return;
    (dialog ??= make()).showModal();
  });
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
