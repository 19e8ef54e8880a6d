import { columns, rows } from './plate.js';

const svg = 'http://www.w3.org/2000/svg';

/** A small board to look at, drawn lean: the discs of a game and nothing else. @param {HTMLElement} root */
export function miniView(root) {
  const board = root.appendChild(document.createElementNS(svg, 'svg'));
  board.setAttribute('viewBox', `0 0 ${columns} ${rows}`);
  board.setAttribute('class', 'mini');
  board.setAttribute('aria-hidden', 'true');
  /** @type {SVGElement[]} */ const cells = [];
  for (let x = 0; x < columns; x++) for (let y = 0; y < rows; y++) {
    const hole = board.appendChild(document.createElementNS(svg, 'circle'));
    for (const [name, value] of Object.entries({ cx: x + 0.5, cy: rows - y - 0.5, r: 0.4 })) hole.setAttribute(name, String(value));
    cells.push(hole);
  }

  return {
    /** @param {{players: {colour: string}[], moves: string}} position */
    draw({ players, moves }) {
      const heights = Array(columns).fill(0);
      for (const cell of cells) delete cell.dataset.colour;
      [...moves].forEach((digit, ply) => {
        const x = Number(digit) - 1;
        cells[x * rows + heights[x]++].dataset.colour = players[ply % 2].colour;
      });
    },
  };
}
