import { t } from '../i18n.js';
import { colourIn } from '../texts.js';
import { boardAfter } from '../viewer.js';
import { element, say } from './dom.js';
import { columns, rows } from './plate.js';

/** The board as a table, for whoever reads it cell by cell: the columns of the board itself are buttons. @param {HTMLElement} after */
export function gridView(after) {
  const hidden = element('div', 'visually-hidden'); // A table would be as wide as it is.
  after.after(hidden);
  const table = hidden.appendChild(element('table'));
  table.appendChild(element('caption', '', t('grid.title')));
  const head = table.appendChild(element('thead')).appendChild(element('tr'));
  head.append(element('td'), ...Array.from({ length: columns }, (_, x) => header(t('grid.column', { column: x + 1 }), 'col')));
  const body = table.appendChild(element('tbody'));
  const cells = Array.from({ length: rows }, (_, y) => {
    const row = body.appendChild(element('tr'));
    row.append(header(t('grid.row', { row: rows - y }), 'row'));
    return Array.from({ length: columns }, () => row.appendChild(element('td')));
  }).reverse();

  return {
    /** @param {{moves: string, players: {name: string, colour: string}[]}} game */
    render({ moves, players }) {
      const board = boardAfter(moves, moves.length);
      cells.forEach((row, y) => row.forEach((cell, x) => {
        const side = board[x][y];
        say(cell, side === undefined ? t('grid.empty') : discIn(players[side]));
      }));
    },
  };
}

/** Who is called by their colour is not called twice. @param {{name: string, colour: string}} player */
function discIn({ name, colour }) {
  const called = colourIn(colour);
  return name === called ? name : t('grid.disc', { colour: called, name });
}

/** @param {string} text @param {string} scope */
function header(text, scope) {
  const made = element('th', '', text);
  made.scope = scope;
  return made;
}
