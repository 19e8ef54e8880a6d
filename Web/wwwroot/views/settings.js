import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { element } from './dom.js';
import { languageChoice } from './language.js';
import { miniView } from './mini.js';

/** @typedef {import('../preferences.js').Preference} Preference */

/** What there is to choose, and the texts of the choices are `settings.<preference>.<value>`. @type {[Preference, string[]][]} */
const choices = [
  ['theme', ['', 'light', 'dark']],
  ['contrast', ['', 'more']],
  ['board', ['classic', 'wood', 'night']],
];

/** @type {Preference[]} */
const switches = ['sound', 'confirm', 'reactions', 'notify', 'keys'];

/** What lies on the boards to choose from. */
const sample = { moves: '4453523', players: [{ colour: 'red' }, { colour: 'yellow' }] };

const wantsContrast = matchMedia('(prefers-contrast: more)');

/** Applies what was chosen to the page, and lets people choose anew. Every page has it. */
export function settingsView() {
  const { dataset } = document.documentElement;
  preferences.follow('theme', value => { dataset.theme = value; });
  preferences.follow('board', value => { dataset.board = value; });
  const contrast = () => { dataset.contrast = preferences.get('contrast') || (wantsContrast.matches ? 'more' : ''); };
  preferences.follow('contrast', contrast);
  wantsContrast.addEventListener('change', contrast);

  /** @type {HTMLDialogElement|undefined} */ let dialog;
  for (const button of document.querySelectorAll('[data-settings]'))
    button.addEventListener('click', () => (dialog ??= make()).showModal());
}

function make() {
  const dialog = document.body.appendChild(element('dialog', 'settings-dialog'));
  dialog.setAttribute('aria-labelledby', 'settings-title');
  const form = dialog.appendChild(element('form'));
  form.method = 'dialog';
  form.appendChild(element('h2', '', t('settings.title'))).id = 'settings-title';
  for (const [name, values] of choices) form.append(choice(name, values));
  const language = form.appendChild(element('label', 'language', t('site.language')));
  languageChoice(language.appendChild(element('select')));
  const toggles = form.appendChild(element('div', 'switches'));
  for (const name of switches) toggles.append(toggle(name));
  form.appendChild(element('p', 'buttons')).appendChild(element('button', 'primary', t('settings.done')));
  return dialog;
}

/** @param {Preference} name @param {string[]} values */
function choice(name, values) {
  const set = element('fieldset');
  set.appendChild(element('legend', '', t(`settings.${name}`)));
  const all = set.appendChild(element('div', 'choices'));
  for (const value of values) {
    const label = all.appendChild(element('label', 'choice'));
    const field = label.appendChild(element('input'));
    field.type = 'radio';
    field.name = name;
    field.value = value;
    field.checked = preferences.get(name) === value;
    field.addEventListener('change', () => preferences.set(name, value));
    if (name === 'board') {
      label.dataset.board = value;
      miniView(label).draw(sample);
    }
    label.append(t(`settings.${name}.${value || 'system'}`));
  }
  return set;
}

/** @param {Preference} name */
function toggle(name) {
  const label = element('label', 'check');
  const field = label.appendChild(element('input', 'switch'));
  field.type = 'checkbox';
  field.checked = preferences.get(name) === 'on';
  field.addEventListener('change', async () => {
    // A browser asks only when somebody has just clicked, and a no of theirs is a no.
    if (name === 'notify' && field.checked) field.checked = 'Notification' in window && await Notification.requestPermission() === 'granted';
    preferences.set(name, field.checked ? 'on' : 'off');
  });
  label.append(t(`settings.${name}`));
  return label;
}
