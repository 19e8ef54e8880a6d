import { at } from '../address.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { clockIn, day, hour, moment, nameOf, problemIn, resultFor } from '../texts.js';
import { element, find, say } from './dom.js';
import { showName } from './player.js';

/** @typedef {import('../api.js').GameInList} GameInList */

/** Somebody's games, newest first, a page at a time. @param {string} of */
export async function gamesView(of) {
  const root = find('#games');
  const body = find('tbody', root);
  const older = /** @type {HTMLButtonElement} */ (find('.older', root));
  /** @type {string|null} */ let next = null;
  /** How often we have asked: an answer that was overtaken by another question is for nobody any more. */
  let asked = 0;
  const filter = /** @type {HTMLSelectElement} */ (find('#filter'));
  older.addEventListener('click', more);
  filter.addEventListener('change', () => {
    next = null;
    body.replaceChildren();
    more();
  });
  await more();
  root.hidden = false;

  async function more() {
    const question = ++asked;
    older.ariaBusy = 'true';
    const answer = await api.gamesOf(of, next, filter.value);
    if (question !== asked) return;
    older.ariaBusy = null;
    say(find('.problem', root), answer.ok ? '' : problemIn(answer));
    older.hidden = answer.ok && answer.value.next === null;
    if (!answer.ok) return;
    next = answer.value.next;
    const lines = answer.value.games.map(line);
    const isFirst = body.childElementCount === 0;
    body.append(...lines);
    find('table', root).hidden = body.childElementCount === 0;
    find('.none', root).hidden = body.childElementCount > 0;
    say(find('.none', root), t(filter.value ? 'user.none_such' : 'user.none'));
    // Whoever asked for more goes on reading where it begins, above all when the button is gone.
    if (!isFirst) lines[0]?.querySelector('a')?.focus();
  }

  /** @param {GameInList} game */
  function line(game) {
    const side = game.players[1].kind === 'account' && game.players[1].name === of ? 1 : 0;
    const opponent = game.players[1 - side];
    const row = element('tr');
    const [who, result, plies, clock, began, last] = ['who', 'result', 'plies', 'clock', 'began', 'look'].map(kind => row.appendChild(element('td', kind)));
    row.dataset.result = game.result === null ? 'running' : game.result.winner === null ? 'draw' : game.result.winner === side ? 'won' : 'lost';
    const disc = who.appendChild(element('span', 'disc'));
    disc.dataset.side = String(1 - side);
    disc.dataset.colour = opponent.colour;
    showName(who.appendChild(element('span')), opponent);
    result.textContent = resultFor(game.result, side);
    plies.textContent = String(game.plies);
    clock.textContent = game.rated ? `${clockIn(game.clock)}, ${t('list.rated')}` : clockIn(game.clock);
    began.append(day(game.startedAt), element('span', 'hour', t('list.hour', { hour: hour(game.startedAt) })));
    const look = last.appendChild(element('a', '', t(game.result ? 'list.replay' : 'list.watch')));
    look.href = at(`game/${encodeURIComponent(game.game)}`);
    look.setAttribute('aria-label', t(game.result ? 'list.replay_of' : 'list.watch_of', { when: moment(game.startedAt), name: nameOf(opponent) }));
    return row;
  }
}
