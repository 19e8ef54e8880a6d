import { at } from '../address.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { ownLink, refusal, termsIn } from '../texts.js';
import { find, say } from './dom.js';

/**
 * Somebody has come by an invitation's address: who invites them, and to what. The address is that of the lobby again as soon as it has led somewhere, or nowhere.
 * @param {{join: (opponent: string, key: string) => void, say: (code: string) => void}} actions
 */
export function joinView(actions) {
  const dialog = /** @type {HTMLDialogElement} */ (find('#join'));
  /** @type {{name: string, key: string}|null} */
  let link = address() ?? JSON.parse(sessionStorage.link ?? 'null');
  // Who logs in first, or chooses another language, comes back without the address.
  if (link) sessionStorage.link = JSON.stringify(link);
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'play' && link) actions.join(link.name, link.key);
    dialog.returnValue = '';
    forget();
  });

  function forget() {
    link = null;
    delete sessionStorage.link;
  }

  return {
    /** Tells who invites before anybody has been asked for a name: they know then what it is for. */
    async introduce() {
      const found = link && await api.link(link.name, link.key);
      if (!found) return;
      say(find('#sign-in .who'), found.ok ? t('join.title', { name: found.value.from }) : refusal(codeOf(found)));
      say(find('#sign-in .to'), found.ok ? t('join.what', { terms: termsIn(found.value) }) : '');
    },
    /** Asks, once we are somebody. @param {string} me */
    async ask(me) {
      if (!link || dialog.open) return;
      const found = await api.link(link.name, link.key);
      if (!found.ok && found.status === 0) return actions.say(found.code); // Asked again when the line is back.
      history.replaceState(null, '', at());
      if (!found.ok || found.value.from === me) {
        forget();
        return actions.say(found.ok ? ownLink : codeOf(found));
      }
      say(find('#join-title'), t('join.title', { name: found.value.from }));
      say(find('.what', dialog), t('join.what', { terms: termsIn(found.value) }));
      dialog.showModal();
    },
  };
}

/** @param {import('../api.js').Problem} problem */
const codeOf = ({ code }) => code === 'not_found' ? 'no_such_invitation' : code;

/** @returns {{name: string, key: string}|null} */
function address() {
  const [way, name, key] = location.pathname.split('/').slice(-3);
  try {
    return way === 'join' && name && key ? { name: decodeURIComponent(name), key: decodeURIComponent(key) } : null;
  } catch {
    return null; // No address that we made.
  }
}
