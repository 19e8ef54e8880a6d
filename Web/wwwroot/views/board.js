import { columnIn } from '../texts.js';
import { element } from './dom.js';
import { isFree } from './keys.js';
import { columns, place, plateView } from './plate.js';

/** @typedef {import('../state.js').Game} Game */

const middle = 4;

/**
 * The board to play on: seven buttons, each a column of the plate. One of them is a tab stop, the arrow keys reach the others, from wherever nothing else wants them.
 * @param {HTMLElement} root @param {(column: number) => void} drop
 */
export function boardView(root, drop) {
  /** @type {HTMLButtonElement[]} */ const buttons = [];
  const plate = plateView(root, column);
  aim(middle);

  document.addEventListener('keydown', event => {
    const at = buttons.findIndex(button => button.tabIndex === 0);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: columns - 1 }[event.key];
    const isHere = root.contains(document.activeElement);
    if (to === undefined || !isFree(event) || !isHere && (!event.key.startsWith('Arrow') || !isIdle())) return;
    event.preventDefault();
    buttons[isHere ? (to + columns) % columns : at].focus();
  });

  /** Makes a column the one that Tab leads to. @param {number} number */
  function aim(number) {
    buttons.forEach((button, x) => { button.tabIndex = x === number - 1 ? 0 : -1; });
  }

  /** Whether no control has the focus that may want the key itself. */
  const isIdle = () => root.checkVisibility() && (document.activeElement === document.body || document.activeElement?.getAttribute('tabindex') === '-1');

  /** @param {number} number */
  const focus = number => buttons[number - 1].focus();

  /** @param {number} number */
  function column(number) {
    const button = element('button', 'column');
    button.type = 'button';
    button.addEventListener('click', () => drop(number));
    button.addEventListener('focus', () => aim(number));
    buttons.push(button);
    return button;
  }

  /** @param {Game} game */
  function render(game) {
    const { pending, chosen } = game;
    const heights = plate.draw({ game: game.id, players: game.players, moves: game.moves, line: game.result?.cells ?? [] });
    const mayDrop = game.side !== null && !game.result;
    const colour = game.players[game.side ?? 0].colour;
    buttons.forEach((button, x) => {
      const landing = plate.stacks[x].at(heights[x]);
      if (landing && pending?.column === x + 1) place(landing, { side: game.side ?? 0, colour, isPending: true, falls: true });
      else if (landing && mayDrop && game.toMove === game.side && !pending) ghost(landing, game.side, colour, chosen === x + 1);
      button.setAttribute('aria-disabled', String(!mayDrop));
      button.setAttribute('aria-label', columnIn(game, x + 1));
    });
  }

  return { render, focus };
}

/** Where our disc would land, seen when the column is pointed at. @param {HTMLElement} cell @param {number|null} side @param {string} colour @param {boolean} isChosen whether it waits to be confirmed */
function ghost(cell, side, colour, isChosen) {
  const disc = element('span', isChosen ? 'disc ghost chosen' : 'disc ghost');
  disc.dataset.side = String(side);
  disc.dataset.colour = colour;
  for (const old of cell.querySelectorAll('.disc:not(.refused)')) old.remove();
  cell.append(disc);
  cell.classList.add('landing');
}
