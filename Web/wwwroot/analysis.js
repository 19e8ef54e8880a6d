// Any position, and what its columns are worth: set up by playing or by its moves, with an address of its own.
import { api } from './api.js';
import { gameOf, turnOf } from './hotseat.js';
import { t } from './i18n.js';
import { mayDrop } from './rules.js';
import { problemIn } from './texts.js';
import { boardView } from './views/board.js';
import { element, find, say } from './views/dom.js';
import { gridView } from './views/grid.js';
import { showSession } from './views/header.js';
import { isFreeCharacter } from './views/keys.js';

/** @typedef {import('./api.js').Analysis} Analysis */

/** Whoever runs through a game is not interested in every position of it. */
const settled = 150;
const columns = [1, 2, 3, 4, 5, 6, 7];

const board = boardView(find('.board'), column => { if (mayDrop(moves, column)) show(moves + column); });
const grid = gridView(find('.board'));
const worths = find('.worths');
const field = /** @type {HTMLInputElement} */ (find('#moves'));
const [back, forward, again] = ['back', 'forward', 'again'].map(action => /** @type {HTMLButtonElement} */ (find(`[data-action=${action}]`)));
/** What is known, by moves. @type {Map<string, Analysis>} */ const known = new Map();
/** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
/** The position, and the line that was walked, of which it may be a beginning. */
let [moves, line] = ['', ''];

const cells = columns.map(() => {
  const cell = worths.appendChild(element('li'));
  return { cell, sign: cell.appendChild(element('span')), words: cell.appendChild(element('span', 'visually-hidden')) };
});
for (const { sign } of cells) sign.setAttribute('aria-hidden', 'true');

back.addEventListener('click', () => show(moves.slice(0, -1)));
forward.addEventListener('click', () => show(line.slice(0, moves.length + 1)));
again.addEventListener('click', () => show(''));
find('#moves-form').addEventListener('submit', event => {
  event.preventDefault();
  show(field.value.trim());
});
document.addEventListener('keydown', event => {
  if (/^[1-7]$/.test(event.key) && isFreeCharacter(event) && mayDrop(moves, Number(event.key))) show(moves + event.key);
});

/** @param {string} next */
function show(next) {
  const isLegal = [...next].every((digit, ply) => /[1-7]/.test(digit) && mayDrop(next.slice(0, ply), Number(digit)));
  say(find('#moves-problem'), isLegal ? '' : t('problem.bad_moves'));
  if (!isLegal) return;
  moves = next;
  if (!line.startsWith(moves)) line = moves;
  const game = gameOf('', moves);
  board.render(game);
  grid.render(game);
  say(find('.turn'), turnOf(moves));
  field.value = moves;
  back.disabled = moves === '';
  again.disabled = moves === '';
  forward.disabled = moves === line;
  history.replaceState(null, '', moves ? `analysis?moves=${moves}` : 'analysis');
  clearTimeout(timer);
  draw();
  if (!known.has(moves) && !game.result) timer = setTimeout(ask, settled, moves);
}

/** @param {string} asked */
async function ask(asked) {
  const answer = await api.analysis(asked);
  if (answer.ok) known.set(asked, answer.value);
  if (asked !== moves) return;
  say(find('#moves-problem'), answer.ok ? '' : problemIn(answer));
  draw(answer.ok ? '' : t('analysis.unknown'));
}

/** @param {string} [otherwise] what is said of a column of which nothing is known (yet) */
function draw(otherwise = t('analysis.working')) {
  const analysis = known.get(moves);
  const isOver = gameOf('', moves).result !== null;
  columns.forEach((column, at) => {
    const { cell, sign, words } = cells[at];
    const score = analysis?.scores[at] ?? null;
    const isFull = !isOver && !mayDrop(moves, column);
    cell.dataset.worth = score === null ? '' : score > 0 ? 'win' : score < 0 ? 'loss' : 'draw';
    cell.dataset.best = String(score !== null && score === analysis?.score);
    say(sign, isOver || isFull ? '' : score === null ? analysis ? '?' : '…' : score > 0 ? `+${score}` : score < 0 ? `−${-score}` : '0');
    say(words, isOver ? '' : t('analysis.of', { column, worth: isFull ? t('analysis.full') : score === null ? analysis ? t('analysis.unknown') : otherwise : worth(score) }));
  });
}

/** A score in words: the winner's last disc is their (22 - score)th. @param {number} score */
function worth(score) {
  if (score === 0) return t('analysis.draw');
  const dropped = score > 0 ? Math.floor(moves.length / 2) : Math.ceil(moves.length / 2);
  return t(score > 0 ? 'analysis.wins' : 'analysis.loses', { count: 22 - Math.abs(score) - dropped });
}

const wanted = new URLSearchParams(location.search).get('moves');
show('');
if (wanted) show(wanted);
showSession(await api.session());
