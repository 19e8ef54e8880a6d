// Two people at one device, by the same board; without a connection too.
import { gameOf, nameOf, turnOf } from './hotseat.js';
import { t } from './i18n.js';
import { mayDrop, resultOf } from './rules.js';
import { sound } from './sounds.js';
import { rowOf, sideOf } from './viewer.js';
import { boardView } from './views/board.js';
import { find, say } from './views/dom.js';
import { gridView } from './views/grid.js';
import './views/header.js';
import { isFreeCharacter } from './views/keys.js';

const board = boardView(find('.board'), drop);
const grid = gridView(find('.board'));
const again = find('[data-action=again]');
const undo = /** @type {HTMLButtonElement} */ (find('[data-action=undo]'));
/** Counts the games, so that the board knows a new one. */
let count = 0;
let moves = sessionStorage.local ?? '';

again.addEventListener('click', () => {
  count++;
  show('');
  tell();
});
undo.addEventListener('click', () => {
  show(moves.slice(0, -1));
  tell(t('offer.taken_back'));
  if (undo.disabled) again.focus();
});
document.addEventListener('keydown', event => {
  if (/^[1-7]$/.test(event.key) && isFreeCharacter(event)) drop(Number(event.key));
});
addEventListener('online', tellLine);
addEventListener('offline', tellLine);

/** @param {number} column */
function drop(column) {
  if (!mayDrop(moves, column)) return;
  show(moves + column);
  const result = resultOf(moves);
  sound(!result ? 'land' : result.winner === null ? 'draw' : 'win', result ? 1 : rowOf(moves, moves.length));
  tell(t('move.theirs', { name: nameOf(sideOf(moves.length - 1)), column, row: rowOf(moves, moves.length) }));
}

/** @param {string} next */
function show(next) {
  sessionStorage.local = moves = next;
  const game = gameOf(String(count), moves);
  board.render(game);
  grid.render(game);
  say(find('.turn'), turnOf(moves));
  undo.disabled = moves === '';
}

/** Says what has happened and what is to do, for whoever listens. @param {string} [what] */
function tell(what = '') {
  say(find('#live'), `${what} ${turnOf(moves)}`.trim());
}

function tellLine() {
  // Where there is another page at this address, this one stands in for it.
  say(find('#offline'), navigator.onLine && location.pathname.endsWith('/local') ? '' : t('local.offline'));
}

show(moves);
tellLine();
