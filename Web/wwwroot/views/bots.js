import { t } from '../i18n.js';
import { challengeable } from '../state.js';
import { element, find } from './dom.js';

/** @typedef {import('../state.js').State} State */

/** From the easiest on; one that we do not know comes last. */
const levels = ['Rookie', 'Casual', 'Club', 'Master', 'Perfect'];
const ease = (/** @type {string} */ name) => (levels.indexOf(name) + levels.length + 1) % (levels.length + 1);

/** The bots, who are always there: each is a button that challenges it. @param {(bot: string) => void} challenge */
export function botsView(challenge) {
  const root = find('#bots');
  const list = find('.buttons', root);
  /** @type {Map<string, HTMLButtonElement>} */ const buttons = new Map();

  /** @param {string} name */
  function button(name) {
    const made = element('button', '', name);
    made.type = 'button';
    made.setAttribute('aria-label', t('bots.challenge', { name }));
    made.addEventListener('click', () => challenge(name));
    buttons.set(name, made);
    return made;
  }

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    if (state.users === before.users && state.connection === before.connection && state.invitation === before.invitation) return;
    const bots = [...state.users.values()].filter(user => user.kind === 'bot').sort((a, b) => ease(a.name) - ease(b.name));
    root.hidden = bots.length === 0;
    const shown = bots.map(bot => {
      const made = buttons.get(bot.name) ?? button(bot.name);
      made.disabled = !challengeable(state, bot) || state.connection !== 'open';
      return made;
    });
    if (shown.some((made, place) => list.children[place] !== made) || shown.length !== list.childElementCount) list.replaceChildren(...shown);
  };
}
