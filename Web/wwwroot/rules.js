// The rules, for a game that no server judges: two people at one device. Pure.
import { boardAfter, sideOf } from './viewer.js';

const [columns, rows] = [7, 6];
const directions = [[1, 0], [0, 1], [1, 1], [1, -1]];

/** Whether a disc may be dropped. @param {string} moves the columns in order @param {number} column 1 to 7 */
export const mayDrop = (moves, column) => !resultOf(moves) && [...moves].filter(digit => Number(digit) === column).length < rows;

/** How the game has ended, or null while it runs. @param {string} moves @returns {import('./protocol.js').Result|null} */
export function resultOf(moves) {
  if (moves === '') return null;
  const board = boardAfter(moves, moves.length);
  const [winner, x, y] = [sideOf(moves.length - 1), Number(moves.at(-1)) - 1, board[Number(moves.at(-1)) - 1].length - 1];
  const lines = directions.map(([dx, dy]) => [...run(board, winner, x, y, -dx, -dy).reverse(), [x, y], ...run(board, winner, x, y, dx, dy)]).filter(line => line.length >= 4);
  if (lines.length) return { winner, reason: 'four', cells: cellsOf(lines) };
  return moves.length === columns * rows ? { winner: null, reason: 'full', cells: [] } : null;
}

/** The lines that the cells of a win make, each by its two ends. @param {[number, number][]} cells @returns {[[number, number], [number, number]][]} */
export function linesIn(cells) {
  const won = new Set(cells.map(String));
  return cells.flatMap(([x, y]) => directions.flatMap(([dx, dy]) => {
    if (won.has(`${x - dx},${y - dy}`)) return [];
    let length = 1;
    while (won.has(`${x + dx * length},${y + dy * length}`)) length++;
    return length < 4 ? [] : [/** @type {[[number, number], [number, number]]} */ ([[x, y], [x + dx * (length - 1), y + dy * (length - 1)]])];
  }));
}

/** The discs of one side that follow each other from a cell in a direction. @param {(0|1)[][]} board @param {0|1} side @param {number} x @param {number} y @param {number} dx @param {number} dy */
function run(board, side, x, y, dx, dy) {
  const cells = [];
  for (let [a, b] = [x + dx, y + dy]; board[a]?.[b] === side; a += dx, b += dy) cells.push([a, b]);
  return cells;
}

/** The cells of all lines as the server tells them: by column, then row, each once. @param {number[][][]} lines @returns {[number, number][]} */
function cellsOf(lines) {
  const cells = new Map(lines.flat().map(([x, y]) => [x * rows + y, /** @type {[number, number]} */ ([x + 1, y + 1])]));
  return [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}
