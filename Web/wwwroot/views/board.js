import { element } from './dom.js';

/** @typedef {import('../state.js').Game} Game */

const rows = 6;
const columns = 7;
const svg = 'http://www.w3.org/2000/svg';

/**
 * The board: seven buttons, each a column of six cells. Draws what the moves say, and no rule.
 * @param {HTMLElement} root @param {(column: number) => void} drop
 */
export function boardView(root, drop) {
  const buttons = Array.from({ length: columns }, (_, index) => column(index + 1));
  const line = root.appendChild(document.createElementNS(svg, 'svg'));
  line.setAttribute('viewBox', `0 0 ${columns} ${rows}`);
  line.setAttribute('class', 'line');
  line.setAttribute('aria-hidden', 'true');
  /** What is drawn, so that only a disc that is new falls. */
  let drawn = { game: '', plies: 0 };

  /** @param {number} number */
  function column(number) {
    const button = root.appendChild(element('button', 'column'));
    button.type = 'button';
    button.addEventListener('click', () => drop(number));
    button.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) buttons[(number - 1 + step + columns) % columns].button.focus();
    });
    const cells = Array.from({ length: rows }, (_, index) => {
      const cell = button.appendChild(element('span', 'cell'));
      cell.dataset.column = String(number);
      cell.dataset.row = String(rows - index);
      return cell;
    }).reverse();
    return { button, cells };
  }

  /** @param {Game} game */
  function render(game) {
    const isSame = drawn.game === game.id;
    const winning = new Set(game.result?.cells.map(([x, y]) => `${x}/${y}`));
    const heights = Array(columns).fill(0);
    const mayDrop = game.side !== null && !game.result;
    for (const { cells } of buttons) for (const cell of cells) if (!isSame) cell.replaceChildren();

    [...game.moves].forEach((digit, ply) => {
      const x = Number(digit) - 1;
      show(buttons[x].cells[heights[x]++], { side: ply % 2, game, isLast: ply === game.moves.length - 1, falls: isSame && ply >= drawn.plies, extra: '' });
    });
    const pendingAt = game.pending ? heights[game.pending.column - 1] : rows;
    buttons.forEach(({ button, cells }, x) => {
      cells.slice(heights[x]).forEach(clear);
      if (game.pending?.column === x + 1 && pendingAt < rows) show(cells[pendingAt], { side: game.side ?? 0, game, isLast: false, falls: true, extra: 'pending' });
      else if (mayDrop && game.toMove === game.side && !game.pending && heights[x] < rows) ghost(cells[heights[x]], game);
      button.setAttribute('aria-disabled', String(!mayDrop));
      button.setAttribute('aria-label', `Column ${x + 1}, ${heights[x]} ${heights[x] === 1 ? 'disc' : 'discs'}${top(game, x)}`);
      for (const cell of cells) cell.dataset.winning = String(winning.has(`${x + 1}/${cell.dataset.row}`));
    });
    drawLine(game);
    drawn = { game: game.id, plies: game.moves.length };
  }

  /** @param {Game} game */
  function drawLine(game) {
    line.replaceChildren();
    const cells = game.result?.cells ?? [];
    if (cells.length !== 4) return;
    const drawnLine = line.appendChild(document.createElementNS(svg, 'line'));
    const [[x1, y1], [x2, y2]] = [cells[0], cells[3]];
    for (const [name, value] of Object.entries({ x1: x1 - 0.5, y1: rows - y1 + 0.5, x2: x2 - 0.5, y2: rows - y2 + 0.5 })) drawnLine.setAttribute(name, String(value));
  }

  return { render, focus: () => buttons[3].button.focus() };
}

/** @param {HTMLElement} cell @param {{side: number, game: Game, isLast: boolean, falls: boolean, extra: string}} how */
function show(cell, { side, game, isLast, falls, extra }) {
  const old = /** @type {HTMLElement|null} */ (cell.querySelector('.disc:not(.ghost)'));
  // A pending disc that the server confirmed has fallen already.
  const disc = old?.dataset.side === String(side) ? old : element('span', falls ? 'disc falling' : 'disc');
  if (disc !== old) {
    disc.style.setProperty('--rows', String(7 - Number(cell.dataset.row)));
    cell.replaceChildren(disc);
  }
  disc.dataset.side = String(side);
  disc.dataset.colour = game.players[side].colour;
  disc.classList.toggle('last', isLast);
  disc.classList.toggle('pending', extra === 'pending');
  cell.classList.remove('landing');
  cell.dataset.disc = extra === 'pending' ? '' : String(side);
}

/** Where our disc would land, seen when the column is pointed at. @param {HTMLElement} cell @param {Game} game */
function ghost(cell, game) {
  const disc = element('span', 'disc ghost');
  disc.dataset.side = String(game.side);
  disc.dataset.colour = game.players[game.side ?? 0].colour;
  cell.replaceChildren(disc);
  cell.classList.add('landing');
}

/** @param {HTMLElement} cell */
function clear(cell) {
  cell.replaceChildren();
  cell.classList.remove('landing');
  cell.dataset.disc = '';
}

/** Whose disc lies on top, for whoever hears the board. @param {Game} game @param {number} x */
function top(game, x) {
  const ply = game.moves.lastIndexOf(String(x + 1));
  if (ply < 0) return '';
  return `, ${ply % 2 === game.side ? 'yours' : `${game.players[ply % 2].name}’s`} on top`;
}
