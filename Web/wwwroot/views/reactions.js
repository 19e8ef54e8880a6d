import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { reactions } from '../protocol.js';
import { element } from './dom.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {import('../protocol.js').Reaction} Reaction */

/** Plain signs, which fonts without coloured pictures have too. @type {Record<Reaction, string>} */
export const signs = { hello: '☺', good_luck: '☘', nice: '★', oops: '☹', thanks: '♥', good_game: '⚑' };

/** The server takes one in two seconds. */
const pause = 2_100;

/** The few things that can be said in a game, and a switch for those who do not want to hear them. @param {HTMLElement} root @param {(reaction: Reaction) => Promise<void>} say */
export function reactionsView(root, say) {
  const buttons = reactions.map(reaction => {
    const button = root.appendChild(element('button', 'quiet'));
    button.type = 'button';
    button.append(element('span', '', signs[reaction]), ` ${t(`reactions.${reaction}`)}`);
    button.firstElementChild?.setAttribute('aria-hidden', 'true');
    button.addEventListener('click', () => {
      if (button.ariaDisabled === 'true') return;
      rest();
      // The server counts from when it heard us.
      say(reaction).then(rest);
    });
    return button;
  });
  const mute = root.appendChild(element('button', 'quiet mute'));
  mute.type = 'button';
  mute.addEventListener('click', () => preferences.set('reactions', preferences.get('reactions') === 'on' ? 'off' : 'on'));
  preferences.follow('reactions', value => {
    mute.textContent = t('reactions.mute');
    mute.setAttribute('aria-pressed', String(value === 'off'));
  });

  /** @type {ReturnType<typeof setTimeout>|undefined} */ let resting;

  function rest() {
    clearTimeout(resting);
    for (const button of buttons) button.ariaDisabled = 'true';
    resting = setTimeout(() => { for (const button of buttons) button.ariaDisabled = null; }, pause);
  }

  return {
    /** @param {Game|null} game */
    render(game) {
      root.hidden = !game || game.side === null;
    },
  };
}
