// What the page knows, and how each message changes it. Pure, and without the document: initial() and reduce(state, message, now).
// What concerns games lies in state/games.js, what concerns the lobby in state/lobby.js.
import { changeGame, later, letGo, next, setBack, takeGame } from './state/games.js';
import { changeInvitation, changeLink, changeRunning, changeSeek, changeUsers } from './state/lobby.js';

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */
/** @typedef {import('./protocol.js').User} User */
/** @typedef {import('./state/games.js').Game} Game */

/**
 * @typedef {object} State
 * @property {'connecting'|'open'|'closed'|'stopped'} connection
 * @property {boolean} isSlow whether the last answer took long
 * @property {string|null} me our name, once welcomed
 * @property {string|null} kind what we are, once welcomed: `guest` or `account`
 * @property {number} online how many users are here, listed or not
 * @property {number} version of the user list
 * @property {Map<string, User>} users the listed users by name
 * @property {User[]|null} found what a search found, or null when nothing is searched
 * @property {import('./state/lobby.js').Invitation|null} invitation the pending one
 * @property {import('./state/lobby.js').Seek|null} seek what we wait for to be paired
 * @property {import('./state/lobby.js').Link|null} link our invitation by link
 * @property {{open: boolean, challenges: import('./protocol.js').Policy, blocked: string[]}} preferences whom we want to hear from
 * @property {import('./state/lobby.js').RunningList} running the games that are shown to look at
 * @property {import('./state/lobby.js').Notice|null} notice what became last of something that we or somebody else asked for
 * @property {Map<string, Game>} games the open ones by id: running, or finished and not put away
 * @property {string|null} current the game that is shown
 * @property {readonly string[]} missing the games that were open before the page was loaded again, as long as the server has said nothing of them
 */

/** @typedef {{type: 'local', what: 'connection', to: State['connection']} | {type: 'local', what: 'measured', isSlow: boolean} | {type: 'local', what: 'signed_out'} | {type: 'local', what: 'select', game: string|null} | {type: 'local', what: 'put_away', game: string}
 *   | {type: 'local', what: 'choose', game: string, column: number|null}
 *   | {type: 'local', what: 'pending', game: string, ply: number, column: number} | {type: 'local', what: 'settled', game: string, code: string|null}
 *   | {type: 'local', what: 'found', users: User[]|null} | {type: 'local', what: 'notice', notice: State['notice']}} Local */

/** @param {readonly string[]} [missing] @returns {State} */
export function initial(missing = []) {
  return {
    connection: 'connecting', isSlow: false, me: null, kind: null, online: 0, version: 0, users: new Map(), found: null, invitation: null, seek: null, link: null,
    preferences: { open: false, challenges: 'everybody', blocked: [] }, running: { version: 0, count: 0, games: new Map() }, notice: null, games: new Map(), current: null, missing,
  };
}

/** @param {State} state @param {ServerMessage|Local} message @param {number} now ms @returns {State} */
export function reduce(state, message, now) {
  switch (message.type) {
    case 'local': return reduceLocal(state, message);
    case 'welcome': return welcomed(state, message);
    case 'user_list': return { ...state, version: message.version, online: message.online, users: new Map(message.users.map(user => [user.name, user])) };
    case 'user_changes': return changeUsers(state, message);
    case 'running_games': return { ...state, running: { version: message.version, count: message.running, games: new Map(message.games.map(game => [game.game, game])) } };
    case 'running_changes': return changeRunning(state, message);
    case 'preferences': return { ...state, preferences: { open: message.open, challenges: message.challenges, blocked: message.blocked } };
    case 'seek': return changeSeek(state, message, now);
    case 'link': return changeLink(state, message, now);
    case 'invitation': return changeInvitation(message.status === 'accepted' && message.rematchOf ? letGo(state, message.rematchOf) : state, message, now);
    case 'game': return takeGame(stillMissing(state, id => id !== message.game), message, now);
    case 'moved': return next(state, message, game => ({
      moves: game.moves + message.column,
      toMove: message.player === 0 ? 1 : 0,
      clock: game.clock && message.remaining && { ...game.clock, remaining: message.remaining, at: now },
      pending: null,
      chosen: null,
      problem: null,
    }));
    case 'game_over': return next(state, message, game => ({
      toMove: null,
      clock: game.clock && { ...game.clock, remaining: remaining(game, now), at: now },
      result: { winner: message.winner, reason: message.reason, cells: message.cells },
      pending: null,
      chosen: null,
      problem: null,
    }));
    case 'set_back': return setBack(state, message);
    case 'presence': return changeGame(state, message.game, game => ({
      players: game.players.map((player, side) => side === message.player
        ? { ...player, connected: message.connected, claimableAt: later(message.claimableIn, now), forfeitsAt: later(message.forfeitsIn, now) } : player),
    }));
    case 'reaction': return changeGame(state, message.game, game => ({ said: game.said.map((said, side) => side === message.player ? { reaction: message.reaction, at: now } : said) }));
    case 'watchers': return changeGame(state, message.game, () => ({ watchers: message.count }));
    case 'pong': return loseGames(stillMissing(state, id => message.games.includes(id)), message.unknown);
    default: return state;
  }
}

/** Whether there is all to show that there will be at once: what came later would push aside what somebody has begun to look at. @param {State} state */
export const isWhole = state => state.me !== null && state.missing.length === 0;

/** What is left to both players, in ms. @param {Game} game @param {number} now @returns {number[]} */
export function remaining(game, now) {
  const { clock, toMove } = game;
  return clock ? clock.remaining.map((ms, side) => side === toMove ? Math.max(0, ms - (now - clock.at)) : ms) : [];
}

/** Whether a click on Challenge makes sense; the server decides. */
export const challengeable = (/** @type {State} */ state, /** @type {User} */ user) =>
  user.name !== state.me && !state.invitation && !state.preferences.blocked.includes(user.name) && (user.state === 'AVAILABLE' || user.state === 'PLAYING' && user.open)
  && (user.challenges === 'everybody' || user.challenges === 'accounts' && state.kind !== 'guest');

/** Whether we are playing: whoever leaves the page then leaves the game. @param {State} state */
export const isPlaying = state => [...state.games.values()].some(game => game.side !== null && !game.result);

/** Whether there is anything to leave with the page: a game, an invitation, or the place where we wait for one. @param {State} state */
export const isBound = state => isPlaying(state) || !!state.seek || !!state.link || !!state.invitation;

/** @param {State} state @param {Local} message @returns {State} */
function reduceLocal(state, message) {
  switch (message.what) {
    case 'connection': return { ...state, connection: message.to, notice: message.to === 'open' && state.notice?.what === 'refused' && state.notice.code === 'unreachable' ? null : state.notice };
    case 'measured': return state.isSlow === message.isSlow ? state : { ...state, isSlow: message.isSlow };
    case 'signed_out': return initial();
    case 'select': return { ...state, current: message.game };
    case 'put_away': return letGo(state, message.game);
    case 'choose': return changeGame(state, message.game, () => ({ chosen: message.column, problem: null }));
    case 'pending': return changeGame(state, message.game, () => ({ pending: { ply: message.ply, column: message.column }, chosen: null, problem: null }));
    case 'settled': return changeGame(state, message.game, () => ({ pending: null, problem: message.code }));
    case 'found': return { ...state, found: message.users };
    case 'notice': return { ...state, notice: message.notice };
  }
}

/** Whoever comes back under another name has left the games of the old one. @param {State} state @param {import('./protocol.js').Welcome} message @returns {State} */
function welcomed(state, { name, kind }) {
  const isSame = state.me === null || state.me === name;
  return { ...state, me: name, kind, invitation: null, seek: null, link: null, ...!isSame && { games: new Map(), current: null } };
}

/** Waits no longer for games of before that we have by now, or shall not get. @param {State} state @param {(id: string) => boolean} isMissing @returns {State} */
function stillMissing(state, isMissing) {
  return state.missing.every(isMissing) ? state : { ...state, missing: state.missing.filter(isMissing) };
}

/** Games that the server does not have (any more), such as after a restart. @param {State} state @param {string[]} unknown @returns {State} */
function loseGames(state, unknown) {
  const ran = unknown.some(id => state.games.get(id)?.result === null);
  return unknown.reduce(letGo, ran ? { ...state, notice: { what: 'refused', code: 'not_found' } } : state);
}
