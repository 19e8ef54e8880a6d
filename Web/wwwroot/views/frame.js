import { at } from '../address.js';
import { t } from '../i18n.js';
import { element, find } from './dom.js';

/** The way past the header, for whoever goes by keyboard. */
export function skipView() {
  const main = find('main');
  main.id ||= 'main';
  main.tabIndex = -1;
  const link = element('a', 'skip', t('site.skip'));
  link.href = `#${main.id}`;
  link.addEventListener('click', event => {
    event.preventDefault(); // The address stays as it is, for whoever copies it.
    main.focus();
  });
  document.body.prepend(link);
}

/** The foot of every page: the same ways as in the header, and the keys. */
export function footView() {
  const foot = document.body.appendChild(element('footer', 'foot'));
  for (const [address, key] of [['', 'lobby.title'], ['leaderboard', 'site.leaderboard'], ['replay', 'site.replay'], ['local', 'local.title'], ['analysis', 'analysis.title'], ['puzzles', 'puzzles.title'], ['account', 'site.account']]) {
    const link = foot.appendChild(element('a', '', t(key)));
    link.href = at(address);
  }
  const keys = foot.appendChild(element('button', '', t('keys.title')));
  keys.type = 'button';
  keys.dataset.keys = '';
}
