import { isMirrored, t } from '../i18n.js';
import { opponents } from '../texts.js';
import { element, find, say } from './dom.js';

/** One tab per open game when there are several, with a mark where it is our turn. @param {(game: string) => void} select */
export function tabsView(select) {
  const list = find('#tabs');
  /** @type {Map<string, {tab: HTMLButtonElement, name: HTMLElement, mark: HTMLElement}>} */ const tabs = new Map();

  list.addEventListener('keydown', event => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const all = [...tabs.values()].map(({ tab }) => tab);
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = all[(at + ((event.key === 'ArrowRight') === isMirrored ? -1 : 1) + all.length) % all.length];
    to.focus();
    to.click();
  });

  /** @param {string} id */
  function make(id) {
    const tab = list.appendChild(element('button'));
    tab.type = 'button';
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', 'game');
    tab.addEventListener('click', () => select(id));
    const made = { tab, name: tab.appendChild(element('span')), mark: tab.appendChild(element('span', 'mark')) };
    tabs.set(id, made);
    return made;
  }

  return (/** @type {import('../state.js').State} */ state, /** @type {import('../state.js').State} */ before) => {
    if (state.games === before.games && state.current === before.current) return;
    for (const [id, { tab }] of tabs) if (!state.games.has(id)) { tab.remove(); tabs.delete(id); }
    for (const game of state.games.values()) {
      const { tab, name, mark } = tabs.get(game.id) ?? make(game.id);
      const isCurrent = game.id === state.current;
      say(name, opponents(game));
      say(mark, game.result ? t('play.over') : game.toMove === game.side ? t('play.your_turn') : '');
      mark.hidden = mark.textContent === '';
      tab.setAttribute('aria-selected', String(isCurrent));
      tab.tabIndex = isCurrent ? 0 : -1;
    }
    list.hidden = tabs.size < 2;
  };
}
