import { otherGuest } from '../elsewhere.js';
import { t } from '../i18n.js';
import { find, say } from './dom.js';

/** The dialog that asks for a name. @param {(name: string) => void} chosen */
export function signInView(chosen) {
  const dialog = /** @type {HTMLDialogElement} */ (find('#sign-in'));
  const name = /** @type {HTMLInputElement} */ (find('#name'));
  const problem = find('#name-problem');

  find('form', dialog).addEventListener('submit', event => {
    event.preventDefault();
    say(problem, '');
    chosen(name.value.trim());
  });
  // There is nothing behind this dialog to go back to.
  dialog.addEventListener('cancel', event => event.preventDefault());

  return {
    /** @param {string} why what was wrong with the last name, or nothing */
    open(why) {
      name.value ||= sessionStorage.name ?? '';
      if (!dialog.open) dialog.showModal();
      say(problem, why);
      name.focus();
      otherGuest().then(other => say(find('.elsewhere', dialog), other ? t('sign_in.elsewhere', { name: other }) : ''));
    },
    /** Leads whoever has come in to what they can do. */
    close() {
      if (!dialog.open) return;
      dialog.close();
      setTimeout(() => { if (document.activeElement === document.body || dialog.contains(document.activeElement)) find('#start-title').focus(); });
    },
  };
}
