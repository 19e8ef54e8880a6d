import { api } from '../api.js';
import { t } from '../i18n.js';
import { ownLink } from '../texts.js';
import { find, say } from './dom.js';
import { termsIn } from './start.js';

/**
 * Somebody has come by an invitation's address: who invites them, and to what. The address is that of the lobby again as soon as it has been read.
 * @param {{join: (opponent: string, key: string) => void, say: (code: string) => void}} actions
 */
export function joinView(actions) {
  const dialog = /** @type {HTMLDialogElement} */ (find('#join'));
  let link = address();
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'play' && link) actions.join(link.name, link.key);
    dialog.returnValue = '';
    link = null;
  });

  return {
    /** Asks, once we are somebody. @param {string} me */
    async ask(me) {
      if (!link || dialog.open) return;
      const found = await api.link(link.name, link.key);
      history.replaceState(null, '', document.baseURI);
      if (!found.ok || found.value.from === me) {
        link = null;
        return actions.say(found.ok ? ownLink : found.code === 'not_found' ? 'no_such_invitation' : found.code);
      }
      say(find('#join-title'), t('join.title', { name: found.value.from }));
      say(find('.what', dialog), t('join.what', { terms: termsIn(found.value) }));
      dialog.showModal();
    },
  };
}

/** @returns {{name: string, key: string}|null} */
function address() {
  const parts = location.pathname.split('/').map(decodeURIComponent);
  const [way, name, key] = parts.slice(-3);
  return way === 'join' && name && key ? { name, key } : null;
}
