// What a state of the game or of the page is in words. The words themselves lie in lang/.

import { has, list, locale, t } from './i18n.js';
import { boardAfter, isAtEnd, sideOf } from './viewer.js';

/** @typedef {import('./state.js').Game} Game */

/** We came by our own invitation: the page knows before it asks. */
export const ownLink = 'own_link';

/** @param {string} code */
export const refusal = code => code === ownLink ? t('join.own') : t([`error.${code}`, `problem.${code}`].find(has) ?? 'error.other');

/** @param {import('./protocol.js').User} user */
export const stateOf = ({ state, open, seeking }) =>
  t(state === 'PLAYING' && open ? 'state.PLAYING_OPEN' : state === 'AVAILABLE' && seeking ? 'state.SEEKING' : `state.${state}`);

/** @param {{rating: number|null, provisional: boolean}} user */
export const ratingIn = ({ rating, provisional }) => rating === null ? '' : `${Math.round(rating)}${provisional ? '?' : ''}`;

/** @param {import('./state.js').State['connection']} connection */
export function connectionIn(connection) {
  switch (connection) {
    case 'stopped': return t('connection.stopped');
    case 'open': return '';
    default: return t('connection.lost');
  }
}

/** @param {import('./protocol.js').ClockSetting|null} clock */
export function clockIn(clock) {
  if (!clock) return t('clock.none');
  const { initial, increment } = clock;
  const base = initial % 60 === 0 ? t('clock.minutes', { count: initial / 60 }) : seconds(initial);
  return increment ? t('clock.both', { base, increment: seconds(increment) }) : base;
}

/** @param {import('./protocol.js').Terms} terms */
export const termsIn = ({ clock, swap, pair }) => swap || pair ? t(swap ? 'clock.swap' : 'clock.pair', { clock: clockIn(clock) }) : clockIn(clock);

/** @param {number} count */
export const seconds = count => t('clock.seconds', { count });

/** @param {import('./state/lobby.js').Notice} notice */
export function noticeIn(notice) {
  switch (notice.what) {
    case 'refused': return refusal(notice.code);
    case 'invitation': return invitationEnd(notice);
    case 'link': return t(`link.${notice.status}`);
    case 'set_back': return t('play.set_back', { moves: notice.moves });
    case 'block': case 'unblock': return t(`person.${notice.what}ed`, { name: notice.name });
  }
}

/** @param {{status: string, mine: boolean, other: string}} how */
function invitationEnd({ status, mine, other }) {
  if (status === 'accepted') return ''; // The game that begins says it better.
  const known = ['declined', 'withdrawn', 'expired'].includes(status) ? status : 'gone';
  return t(mine ? `invitation.mine.${known}` : `invitation.theirs.${known}`, { name: other });
}

/** Our opponent, or both names for a watcher. @param {Game} game */
export const opponents = game => game.side === null ? list(game.players.map(player => player.name)) : game.players[1 - game.side].name;

/** What is special about a game, and who looks on. @param {Game} game */
export const marks = game => [
  game.rated ? t('play.rated') : '',
  game.swap === 'agreed' ? t('play.swap_agreed') : game.swap === 'done' ? t('play.swap_done', { name: game.players[0].name }) : '',
  game.pair ? t('play.pair', { number: game.pair }) : '',
  game.watchers ? t('play.watchers', { count: game.watchers }) : '',
].filter(Boolean).join(' · ');

/** @param {Game} game */
export function turn(game) {
  if (game.result) return result(game);
  if (game.pending) return t('turn.sending');
  if (game.toMove === game.side) return t('turn.yours');
  return t('turn.theirs', { name: game.players[game.toMove ?? 0].name });
}

/** What the page of the lobby is called: that it is our turn, wherever it is, or how the game stands that is shown. @param {import('./state.js').State} state */
export function titleIn({ games, current }) {
  const shown = games.get(current ?? '');
  const waiting = [shown, ...games.values()].find(game => game && !game.result && !game.pending && game.side !== null && game.toMove === game.side);
  if (!waiting && !shown) return t('lobby.page');
  const title = waiting ? t('notify.turn', { name: opponents(waiting) }) : shown?.side === null && !shown.result ? t('play.watching', { names: opponents(shown) }) : turn(/** @type {Game} */ (shown));
  return t('site.page', { title: title.replace(/[.。]$/, '') });
}

/** @param {Game} game */
function result(game) {
  const { winner, reason } = /** @type {import('./protocol.js').Result} */ (game.result);
  if (winner === null || game.side === null) return outcome(game.players, { winner, reason });
  const names = { winner: game.players[winner].name, loser: game.players[1 - winner].name };
  return t(winner === game.side ? `result.won.${reason}` : `result.lost.${reason}`, names);
}

/** How a game ended, for somebody who did not play it. @param {{name: string, kind?: string}[]} players @param {Pick<import('./protocol.js').Result, 'winner'|'reason'>} result */
export function outcome(players, { winner, reason }) {
  if (winner === null) return t('result.draw');
  return t(`result.seen.${reason}`, { winner: nameOf(players[winner]), loser: nameOf(players[1 - winner]) });
}

/** @param {{name: string, kind?: string}} player */
export const nameOf = ({ name, kind }) => kind === 'deleted' ? t('site.deleted') : name;

/** What the viewer shows. @param {import('./viewer.js').Viewing} viewing */
export function shown(viewing) {
  const { game, ply } = viewing;
  if (game.result && isAtEnd(viewing)) return outcome(game.players, game.result);
  const next = nameOf(game.players[sideOf(ply)]);
  if (isAtEnd(viewing)) return t('turn.theirs', { name: next });
  return ply === 0 ? t('viewer.empty', { name: next })
    : t('viewer.shown', { ply, last: game.moves.length, name: nameOf(game.players[sideOf(ply - 1)]), column: game.moves[ply - 1] });
}

/** The board for whoever hears it. @param {import('./viewer.js').Viewing} viewing */
export function boardIn({ game, ply }) {
  const columns = boardAfter(game.moves, ply)
    .map((sides, x) => sides.length ? ` ${t('board.stack', { column: x + 1, names: sides.map(side => nameOf(game.players[side])).join(t('site.comma')) })}` : '');
  return t('board.whole', { count: ply }) + columns.join('');
}

/** A column for whoever hears it: how many discs lie in it, and whose is on top. @param {Game} game @param {number} column */
export function columnIn(game, column) {
  const plies = [...game.moves].map((digit, ply) => Number(digit) === column ? ply : -1).filter(ply => ply >= 0);
  const top = plies.at(-1);
  if (top === undefined) return t('board.empty_column', { column });
  return top % 2 === game.side ? t('board.column_yours', { column, count: plies.length })
    : t('board.column_theirs', { column, count: plies.length, name: game.players[top % 2].name });
}

/** What an answer of the server says went wrong. @param {import('./api.js').Problem} problem */
export function problemIn({ code, detail, retryAfter }) {
  const line = code === 'bad_record' && /^Line (\d+)/.exec(detail)?.[1];
  if (line) return t('problem.bad_record_line', { line });
  const key = [`problem.${code}`, `error.${code}`].find(has);
  if (key) return t(key, { count: retryAfter ?? 1 });
  return retryAfter === null ? detail || refusal(code) : t('problem.wait', { count: retryAfter });
}

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const hours = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** @param {string} instant */
export const day = instant => dates.format(new Date(instant));

/** @param {string} instant */
export const hour = instant => hours.format(new Date(instant));

/** @param {string} instant */
export const moment = instant => moments.format(new Date(instant));

/** The last move, spoken. @param {Game} game @param {number} row */
export function lastMove(game, row) {
  const side = (game.moves.length - 1) % 2;
  const where = { column: game.moves.at(-1) ?? '', row };
  return side === game.side ? t('move.yours', where) : t('move.theirs', { ...where, name: game.players[side].name });
}

/** @param {number} seconds */
const minutesAndSeconds = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A time that passes, in minutes and seconds: what has not passed is not counted. @param {number} ms */
export const span = ms => minutesAndSeconds(Math.floor(ms / 1000));

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 });

/** A clock: it shows nothing left only when there is nothing. @param {number} ms */
export const time = ms => ms <= 19_900 ? tenths.format(Math.ceil(ms / 100) / 10) : minutesAndSeconds(Math.ceil(ms / 1000));

/** How a game of a list ended for one of its players. @param {import('./api.js').GameInList['result']} result @param {0|1} side */
export function resultFor(result, side) {
  if (!result) return t('list.running');
  if (result.winner === null) return t('list.draw');
  return t(result.winner === side ? `list.won.${result.reason}` : `list.lost.${result.reason}`);
}

/** @param {string|null} colour */
export const colourIn = colour => t(`colour.${colour ?? 'none'}`);
