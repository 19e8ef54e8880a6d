import { columnIn } from '../texts.js';
import { element } from './dom.js';
import { columns, place, plateView } from './plate.js';

/** @typedef {import('../state.js').Game} Game */

/**
 * The board to play on: seven buttons, each a column of the plate.
 * @param {HTMLElement} root @param {(column: number) => void} drop
 */
export function boardView(root, drop) {
  /** @type {HTMLButtonElement[]} */ const buttons = [];
  const plate = plateView(root, column);

  /** @param {number} number */
  function column(number) {
    const button = element('button', 'column');
    button.type = 'button';
    button.addEventListener('click', () => drop(number));
    button.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) buttons[(number - 1 + step + columns) % columns].focus();
    });
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

  return { render };
}

/** Where our disc would land, seen when the column is pointed at. @param {HTMLElement} cell @param {number|null} side @param {string} colour @param {boolean} isChosen whether it waits to be confirmed */
function ghost(cell, side, colour, isChosen) {
  const disc = element('span', isChosen ? 'disc ghost chosen' : 'disc ghost');
  disc.dataset.side = String(side);
  disc.dataset.colour = colour;
  cell.replaceChildren(disc);
  cell.classList.add('landing');
}
