import { linesIn } from '../rules.js';
import { element } from './dom.js';

export const rows = 6;
export const columns = 7;
const svg = 'http://www.w3.org/2000/svg';
/** A move and the answer to it fall; a longer leap is just there. */
const mostThatFall = 2;

/** @typedef {{game: string, players: {colour: string}[], moves: string, line: [number, number][]}} Position line: the cells that won */

/**
 * The plate with its holes, and the discs in them: what playing a game and looking at one have in common. Draws what the moves say, and no rule.
 * @param {HTMLElement} root @param {(column: number) => HTMLElement} make what a column is
 */
export function plateView(root, make) {
  const stacks = Array.from({ length: columns }, (_, x) => stack(root.appendChild(make(x + 1)), x + 1));
  const line = root.appendChild(document.createElementNS(svg, 'svg'));
  line.setAttribute('viewBox', `0 0 ${columns} ${rows}`);
  line.setAttribute('class', 'line');
  line.setAttribute('aria-hidden', 'true');
  /** What is drawn, so that only a disc that is new falls. */
  let drawn = { game: '', plies: 0 };

  /** @param {Position} position @returns {number[]} how many discs each column holds */
  function draw({ game, players, moves, line: cells }) {
    const isSame = drawn.game === game;
    const mayFall = isSame && moves.length - drawn.plies <= mostThatFall;
    const winning = new Set(cells.map(([x, y]) => `${x}/${y}`));
    const heights = Array(columns).fill(0);
    for (const stack of stacks) for (const cell of stack) if (!isSame) cell.replaceChildren();

    [...moves].forEach((digit, ply) => {
      const x = Number(digit) - 1;
      place(stacks[x][heights[x]++], { side: ply % 2, colour: players[ply % 2].colour, isLast: ply === moves.length - 1, falls: mayFall && ply >= drawn.plies });
    });
    stacks.forEach((stack, x) => {
      stack.slice(heights[x]).forEach(clear);
      for (const cell of stack) cell.dataset.winning = String(winning.has(`${x + 1}/${cell.dataset.row}`));
    });
    drawLine(cells);
    drawn = { game, plies: moves.length };
    return heights;
  }

  /** @param {[number, number][]} cells */
  function drawLine(cells) {
    line.replaceChildren(...linesIn(cells).map(([[x1, y1], [x2, y2]]) => {
      const drawnLine = document.createElementNS(svg, 'line');
      for (const [name, value] of Object.entries({ x1: x1 - 0.5, y1: rows - y1 + 0.5, x2: x2 - 0.5, y2: rows - y2 + 0.5 })) drawnLine.setAttribute(name, String(value));
      return drawnLine;
    }));
  }

  return { stacks, draw };
}

/** The cells of a column, from the bottom. @param {HTMLElement} column @param {number} number */
function stack(column, number) {
  return Array.from({ length: rows }, (_, index) => {
    const cell = column.appendChild(element('span', 'cell'));
    cell.dataset.column = String(number);
    cell.dataset.row = String(rows - index);
    return cell;
  }).reverse();
}

/** @param {HTMLElement} cell @param {{side: number, colour: string, isLast?: boolean, isPending?: boolean, falls: boolean}} how */
export function place(cell, { side, colour, isLast = false, isPending = false, falls }) {
  const old = /** @type {HTMLElement|null} */ (cell.querySelector('.disc:not(.ghost, .refused)'));
  // A pending disc that the server confirmed has fallen already.
  const disc = old?.dataset.side === String(side) ? old : element('span', falls ? 'disc falling' : 'disc');
  if (disc !== old) {
    disc.style.setProperty('--rows', String(7 - Number(cell.dataset.row)));
    cell.replaceChildren(disc);
  }
  disc.dataset.side = String(side);
  disc.dataset.colour = colour;
  disc.classList.toggle('last', isLast);
  disc.classList.toggle('pending', isPending);
  cell.classList.remove('landing');
  cell.dataset.disc = isPending ? '' : String(side);
}

/** A disc of ours that the server refused is seen to be taken out again. @param {HTMLElement} cell */
function clear(cell) {
  const refused = cell.querySelector('.disc.pending');
  if (refused) {
    refused.classList.replace('pending', 'refused');
    refused.addEventListener('animationend', () => refused.remove());
  } else if (!cell.querySelector('.disc.refused')) cell.replaceChildren();
  cell.classList.remove('landing');
  cell.dataset.disc = '';
}
