import { t } from '../i18n.js';
import { nameOf } from '../texts.js';
import { sideOf } from '../viewer.js';
import { element } from './dom.js';

/** @typedef {import('../viewer.js').Viewing} Viewing */

/**
 * The moves as notation: each is a button that shows the board after it. Only the one that is shown is a tab stop; the arrow keys reach the others.
 * @param {HTMLElement} root @param {(ply: number) => void} go
 */
export function pliesView(root, go) {
  root.appendChild(element('h2', '', t('viewer.moves')));
  const list = root.appendChild(element('ol', 'plies'));
  const empty = root.appendChild(element('p', 'hint', t('viewer.no_moves')));
  /** Which moves of whom are listed. */
  let listed = '';

  /** @param {Viewing['game']} game */
  function fill(game) {
    list.replaceChildren(...[...game.moves].map((column, at) => {
      const side = sideOf(at);
      const line = element('li');
      const button = line.appendChild(element('button'));
      const disc = button.appendChild(element('span', 'disc'));
      disc.dataset.side = String(side);
      disc.dataset.colour = game.players[side].colour;
      button.append(column);
      button.type = 'button';
      button.setAttribute('aria-label', t('viewer.move', { ply: at + 1, name: nameOf(game.players[side]), column }));
      button.addEventListener('click', () => go(at + 1));
      return line;
    }));
    empty.hidden = game.moves !== '';
  }

  return {
    /** @param {Viewing} viewing */
    render({ game, ply }) {
      const hadFocus = list.contains(document.activeElement);
      const now = JSON.stringify([game.moves, game.players]);
      if (now !== listed) fill(game);
      listed = now;
      const buttons = [...list.querySelectorAll('button')];
      buttons.forEach((button, at) => {
        if (at === ply - 1) button.setAttribute('aria-current', 'step');
        else button.removeAttribute('aria-current');
        button.tabIndex = at === Math.max(0, ply - 1) ? 0 : -1;
      });
      if (hadFocus) buttons[Math.max(0, ply - 1)]?.focus();
    },
  };
}
