import { at } from '../address.js';
import { t } from '../i18n.js';
import { element, find, say } from './dom.js';

/** @typedef {import('../state.js').State} State */

/** What can be done about somebody: look at their page, block or unblock them. And who is blocked. @param {{block: (type: 'block'|'unblock', name: string) => void}} actions */
export function personView(actions) {
  const dialog = /** @type {HTMLDialogElement} */ (find('#person'));
  const page = /** @type {HTMLAnchorElement} */ (find('[data-action=page]', dialog));
  const blocked = find('#lobby .blocked');
  const buttons = { block: find('[data-action=block]', dialog), unblock: find('[data-action=unblock]', dialog) };
  let name = '';
  /** @type {readonly string[]} */ let names = [];

  for (const type of /** @type {('block'|'unblock')[]} */ (['block', 'unblock']))
    buttons[type].addEventListener('click', () => {
      actions.block(type, name);
      dialog.close();
    });

  return {
    /** @param {{name: string, kind: string, rating?: number|null, wins?: number, losses?: number, draws?: number}} person */
    open(person) {
      name = person.name;
      say(find('#person-title'), name);
      say(find('.about', dialog), person.wins === undefined ? '' : t('person.record', { wins: person.wins, losses: person.losses ?? 0, draws: person.draws ?? 0 }));
      page.hidden = person.kind !== 'account';
      page.href = at(`user/${encodeURIComponent(name)}`);
      buttons.block.hidden = names.includes(name);
      buttons.unblock.hidden = !names.includes(name);
      dialog.showModal();
    },
    /** @param {State} state @param {State} before */
    render(state, before) {
      if (state.preferences === before.preferences) return;
      names = state.preferences.blocked;
      blocked.hidden = names.length === 0;
      find('ul', blocked).replaceChildren(...names.map(name => {
        const item = element('li', '', `${name} `);
        const button = item.appendChild(element('button', 'quiet', t('person.unblock')));
        button.type = 'button';
        button.setAttribute('aria-label', t('person.unblock_name', { name }));
        button.addEventListener('click', () => actions.block('unblock', name));
        return item;
      }));
    },
  };
}
