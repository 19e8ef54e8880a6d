// What the page knows, and how each message changes it. Pure, and without the document: initial() and reduce(state, message, now).

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */
/** @typedef {import('./protocol.js').User} User */
/** @typedef {import('./protocol.js').Result} Result */
/** @typedef {import('./protocol.js').ClockSetting} ClockSetting */

/**
 * @typedef {object} Game
 * @property {string} id
 * @property {number} version the events that we have seen
 * @property {{name: string, colour: string, connected: boolean, forfeitsAt: number|null}[]} players player 1 first; forfeitsAt in ms of our own clock
 * @property {string} moves the columns in order
 * @property {0|1|null} toMove
 * @property {(ClockSetting & {remaining: number[], at: number})|null} clock remaining ms as they were at our time `at`
 * @property {Result|null} result
 * @property {0|1|null} side which player we are; null for a watcher
 * @property {{ply: number, column: number}|null} pending our move that the server has not confirmed
 * @property {string|null} problem why our last move was refused, as an error code
 * @property {boolean} behind whether a message is missing, so that we have to ask for the whole
 */

/**
 * @typedef {object} State
 * @property {'connecting'|'open'|'closed'|'stopped'} connection
 * @property {string|null} me our name, once welcomed
 * @property {string|null} kind what we are, once welcomed: `guest` or `account`
 * @property {number} online how many users are here, listed or not
 * @property {number} version of the user list
 * @property {Map<string, User>} users the listed users by name
 * @property {User[]|null} found what a search found, or null when nothing is searched
 * @property {{mine: boolean, from: string, to: string, clock: ClockSetting|null, lifetime: number, expiresAt: number}|null} invitation the pending one
 * @property {{status: string, mine: boolean, other: string}|null} ended how the last invitation ended
 * @property {string|null} refused the error code of what we last asked for in the lobby
 * @property {Map<string, Game>} games the open ones by id: running, or finished and not put away
 * @property {string|null} current the game that is shown
 */

/** @typedef {{type: 'local', what: 'connection', to: State['connection']} | {type: 'local', what: 'signed_out'} | {type: 'local', what: 'select', game: string|null} | {type: 'local', what: 'put_away', game: string}
 *   | {type: 'local', what: 'pending', game: string, ply: number, column: number} | {type: 'local', what: 'settled', game: string, code: string|null}
 *   | {type: 'local', what: 'found', users: User[]|null} | {type: 'local', what: 'refused', code: string|null}} Local */

/** @returns {State} */
export function initial() {
  return { connection: 'connecting', me: null, kind: null, online: 0, version: 0, users: new Map(), found: null, invitation: null, ended: null, refused: null, games: new Map(), current: null };
}

/** @param {State} state @param {ServerMessage|Local} message @param {number} now ms @returns {State} */
export function reduce(state, message, now) {
  switch (message.type) {
    case 'local': return reduceLocal(state, message);
    case 'welcome': return welcomed(state, message);
    case 'user_list': return { ...state, version: message.version, online: message.online, users: new Map(message.users.map(user => [user.name, user])) };
    case 'user_changes': return message.from === state.version ? changeUsers(state, message) : state;
    case 'invitation': return changeInvitation(message.status === 'accepted' && message.rematchOf ? putAway(state, message.rematchOf) : state, message, now);
    case 'game': return takeGame(state, message, now);
    case 'moved': return next(state, message, game => ({
      moves: game.moves + message.column,
      toMove: message.player === 0 ? 1 : 0,
      clock: game.clock && message.remaining && { ...game.clock, remaining: message.remaining, at: now },
      pending: null,
      problem: null,
    }));
    case 'game_over': return next(state, message, game => ({
      toMove: null,
      clock: game.clock && { ...game.clock, remaining: remaining(game, now), at: now },
      result: { winner: message.winner, reason: message.reason, cells: message.cells },
      pending: null,
      problem: null,
    }));
    case 'presence': return changeGame(state, message.game, game => ({
      players: game.players.map((player, side) => side === message.player ? { ...player, connected: message.connected, forfeitsAt: later(message.forfeitsIn, now) } : player),
    }));
    case 'pong': return loseGames(state, message.unknown);
    default: return state;
  }
}

/** What is left to both players, in ms. @param {Game} game @param {number} now @returns {number[]} */
export function remaining(game, now) {
  const { clock, toMove } = game;
  return clock ? clock.remaining.map((ms, side) => side === toMove ? Math.max(0, ms - (now - clock.at)) : ms) : [];
}

/** Whether a click on Challenge makes sense; the server decides. */
export const challengeable = (/** @type {State} */ state, /** @type {User} */ user) =>
  user.name !== state.me && !state.invitation && (user.state === 'AVAILABLE' || user.state === 'PLAYING' && user.open);

/** @param {State} state @param {Local} message @returns {State} */
function reduceLocal(state, message) {
  switch (message.what) {
    case 'connection': return { ...state, connection: message.to };
    case 'signed_out': return initial();
    case 'select': return { ...state, current: message.game };
    case 'put_away': return putAway(state, message.game);
    case 'pending': return changeGame(state, message.game, () => ({ pending: { ply: message.ply, column: message.column }, problem: null }));
    case 'settled': return changeGame(state, message.game, () => ({ pending: null, problem: message.code }));
    case 'found': return { ...state, found: message.users };
    case 'refused': return { ...state, refused: message.code, ended: null };
  }
}

/** Whoever comes back under another name has left the games of the old one. @param {State} state @param {import('./protocol.js').Welcome} message @returns {State} */
function welcomed(state, { name, kind }) {
  const isSame = state.me === null || state.me === name;
  return { ...state, me: name, kind, invitation: null, ...!isSame && { games: new Map(), current: null } };
}

/** Whether we are playing: whoever leaves the page then leaves the game. @param {State} state */
export const isPlaying = state => [...state.games.values()].some(game => game.side !== null && !game.result);

/** @param {State} state @param {import('./protocol.js').UserChanges} message @returns {State} */
function changeUsers(state, message) {
  const users = new Map(state.users);
  for (const name of message.removed) users.delete(name);
  for (const user of message.changed) users.set(user.name, user);
  return { ...state, version: message.version, online: message.online, users };
}

/** @param {State} state @param {import('./protocol.js').InvitationMessage} message @param {number} now @returns {State} */
function changeInvitation(state, message, now) {
  const { status, from, to, clock, expiresIn } = message;
  const mine = from === state.me;
  if (status === 'sent' || status === 'received')
    return { ...state, invitation: { mine, from, to, clock, lifetime: expiresIn, expiresAt: now + expiresIn }, ended: null, refused: null };
  const isPending = state.invitation?.from === from && state.invitation.to === to;
  return { ...state, invitation: isPending ? null : state.invitation, ended: { status, mine, other: mine ? to : from } };
}

/** @param {State} state @param {import('./protocol.js').WholeGame} message @param {number} now @returns {State} */
function takeGame(state, message, now) {
  const old = state.games.get(message.game);
  if (old && old.version > message.version) return state;
  const side = message.players[0].name === state.me ? 0 : message.players[1].name === state.me ? 1 : null;
  /** @type {Game} */
  const game = {
    id: message.game,
    version: message.version,
    players: message.players.map(({ name, colour, connected, forfeitsIn }) => ({ name, colour, connected, forfeitsAt: later(forfeitsIn, now) })),
    moves: message.moves,
    toMove: message.toMove,
    clock: message.clock && { ...message.clock, at: now },
    result: message.result,
    side,
    pending: old?.pending?.ply === message.moves.length && !message.result ? old.pending : null,
    problem: old?.problem ?? null,
    behind: false,
  };
  const isNew = !old && message.moves === '' && !message.result;
  return { ...state, ...isNew && { ended: null, refused: null }, games: new Map(state.games).set(game.id, game), current: isNew ? game.id : state.current ?? game.id };
}

/**
 * The next event of a game: an old one is dropped, and after a gap the whole is asked for.
 * @param {State} state @param {{game: string, version: number}} message @param {(game: Game) => Partial<Game>} change @returns {State}
 */
function next(state, message, change) {
  return changeGame(state, message.game, game =>
    message.version <= game.version ? {}
    : message.version === game.version + 1 ? { ...change(game), version: message.version }
    : { behind: true });
}

/** @param {State} state @param {string} id @param {(game: Game) => Partial<Game>} change @returns {State} */
function changeGame(state, id, change) {
  const game = state.games.get(id);
  return game ? { ...state, games: new Map(state.games).set(id, { ...game, ...change(game) }) } : state;
}

/** Games that the server does not have (any more), such as after a restart. @param {State} state @param {string[]} unknown @returns {State} */
function loseGames(state, unknown) {
  const ran = unknown.some(id => state.games.get(id)?.result === null);
  return unknown.reduce(putAway, ran ? { ...state, refused: 'not_found' } : state);
}

/** @param {State} state @param {string} id @returns {State} */
function putAway(state, id) {
  const games = new Map(state.games);
  games.delete(id);
  return { ...state, games, current: state.current === id ? [...games.keys()].at(-1) ?? null : state.current };
}

/** @param {number|null} ms @param {number} now */
const later = (ms, now) => ms === null ? null : now + ms;
