// Positions in which one column wins and no other, one after the other, and how many were solved in a row.
import { at } from './address.js';
import { api } from './api.js';
import { gameOf, nameOf } from './hotseat.js';
import { t } from './i18n.js';
import { mayDrop } from './rules.js';
import { problemIn } from './texts.js';
import { sideOf } from './viewer.js';
import { boardView } from './views/board.js';
import { find, say } from './views/dom.js';
import { gridView } from './views/grid.js';
import { showSession } from './views/header.js';
import { isFreeCharacter } from './views/keys.js';

/** @typedef {import('./api.js').Puzzle} Puzzle */

const board = boardView(find('.board'), drop);
const grid = gridView(find('.board'));
const difficulty = /** @type {HTMLSelectElement} */ (find('#difficulty'));
const [next, analyse] = ['next', 'analyse'].map(action => find(`[data-action=${action}]`));
/** @type {Puzzle|null} */ let puzzle = null;
let isAnswered = false;

next.addEventListener('click', pick);
difficulty.addEventListener('change', pick);
document.addEventListener('keydown', event => {
  if (/^[1-7]$/.test(event.key) && isFreeCharacter(event)) drop(Number(event.key));
});

async function pick() {
  const answer = await api.puzzle(difficulty.value);
  say(find('.problem'), answer.ok ? '' : problemIn(answer));
  if (!answer.ok) return;
  puzzle = answer.value;
  isAnswered = false;
  next.hidden = analyse.hidden = true;
  show(puzzle.moves);
  say(find('.turn'), t('puzzles.task', { name: nameOf(sideOf(puzzle.moves.length)), count: puzzle.winsIn }));
}

/** @param {number} column */
async function drop(column) {
  if (!puzzle || isAnswered || !mayDrop(puzzle.moves, column)) return;
  isAnswered = true;
  const answer = await api.solve(puzzle.id, column);
  if (!answer.ok) {
    isAnswered = false;
    return say(find('.problem'), problemIn(answer));
  }
  show(puzzle.moves + column);
  const { right, column: solution } = answer.value;
  say(find('.turn'), right ? t('puzzles.right') : t('puzzles.wrong', { column: solution }));
  localStorage.streak = String(right ? streak() + 1 : 0);
  showStreak();
  next.hidden = analyse.hidden = false;
  /** @type {HTMLAnchorElement} */ (analyse).href = at(`analysis?moves=${puzzle.moves}`);
  next.focus();
}

/** @param {string} moves */
function show(moves) {
  const game = gameOf(String(puzzle?.id), moves);
  board.render(game);
  grid.render(game);
}

const streak = () => Number(localStorage.streak ?? 0) || 0;
const showStreak = () => say(find('.streak'), t('puzzles.streak', { count: streak() }));

showStreak();
await pick();
showSession(await api.session());
