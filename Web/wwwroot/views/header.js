import { at } from '../address.js';
import { footView, skipView } from './frame.js';
import { keysView } from './keys.js';
import { languageView } from './language.js';
import { settingsView } from './settings.js';

/** Shows the links in the header that are for somebody with an account, or those for a guest; null while nobody knows. @param {'account'|'guest'|null} kind @param {string|null} name */
export function showLinks(kind, name) {
  if (kind) document.querySelector('.links')?.setAttribute('data-known', '');
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.links a[data-for]'))) {
    link.hidden = link.dataset.for !== kind;
    if (link.dataset.mine !== undefined) link.href = at(`user/${encodeURIComponent(name ?? '')}`);
  }
}

/** @param {import('../api.js').Answer<{account: import('../api.js').Account|null}>} session */
export function showSession(session) {
  const account = session.ok ? session.value.account : null;
  showLinks(account ? 'account' : 'guest', account?.name ?? null);
}

skipView(); // Every page has these.
footView();
languageView();
settingsView();
keysView();
