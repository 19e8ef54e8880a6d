// The open games, and how messages change them. Pure.

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../protocol.js').Reaction} Reaction */

/**
 * @typedef {object} Player
 * @property {string} name
 * @property {string} colour
 * @property {boolean} connected
 * @property {number|null} claimableAt while they are away: from when on the opponent may claim the win, in ms of our own clock
 * @property {number|null} forfeitsAt while they are away: when the game is lost by itself
 */

/**
 * @typedef {object} Game
 * @property {string} id
 * @property {number} version the events that we have seen
 * @property {Player[]} players player 1 first
 * @property {string} opening the columns of the discs that lay there as it began
 * @property {string} moves the columns in order, those of the opening too
 * @property {0|1|null} toMove
 * @property {(import('../protocol.js').ClockSetting & {remaining: number[], at: number})|null} clock remaining ms as they were at our time `at`
 * @property {'agreed'|'done'|null} swap whether the first disc may be taken over, or was
 * @property {1|2|null} pair which of two games from the same opening it is
 * @property {boolean} rated
 * @property {number} watchers how many look on
 * @property {import('../protocol.js').Result|null} result
 * @property {0|1|null} side which player we are; null for a watcher
 * @property {({reaction: Reaction, at: number}|null)[]} said what each player said last, and when by our clock
 * @property {number|null} chosen the column that we chose and have yet to confirm
 * @property {{ply: number, column: number}|null} pending our move that the server has not confirmed
 * @property {string|null} problem why our last move was refused, as an error code
 * @property {boolean} behind whether a message is missing, so that we have to ask for the whole
 */

/** @param {State} state @param {import('../protocol.js').WholeGame} message @param {number} now @returns {State} */
export function takeGame(state, message, now) {
  const old = state.games.get(message.game);
  if (old && old.version > message.version) return state;
  const side = message.players[0].name === state.me ? 0 : message.players[1].name === state.me ? 1 : null;
  /** @type {Game} */
  const game = {
    id: message.game,
    version: message.version,
    players: message.players.map(({ name, colour, connected, claimableIn, forfeitsIn }) => ({ name, colour, connected, claimableAt: later(claimableIn, now), forfeitsAt: later(forfeitsIn, now) })),
    opening: message.opening,
    moves: message.moves,
    toMove: message.toMove,
    clock: message.clock && { ...message.clock, at: now },
    swap: message.swap,
    pair: message.pair,
    rated: message.rated,
    watchers: message.watchers,
    result: message.result,
    side,
    said: old?.said ?? [null, null],
    chosen: old && old.moves === message.moves && !message.result ? old.chosen : null,
    pending: old?.pending?.ply === message.moves.length && !message.result ? old.pending : null,
    problem: old?.problem ?? null,
    behind: false,
  };
  // One of ours that begins is shown at once. Others' games are shown when somebody chooses them: after a reload they come as they like.
  const isNew = !old && side !== null && message.moves === message.opening && !message.result;
  return { ...state, ...isNew && { notice: null }, games: new Map(state.games).set(game.id, game), current: isNew ? game.id : state.current ?? game.id };
}

/**
 * The next event of a game: an old one is dropped, and after a gap the whole is asked for.
 * @param {State} state @param {{game: string, version: number}} message @param {(game: Game) => Partial<Game>} change @returns {State}
 */
export function next(state, message, change) {
  return changeGame(state, message.game, game =>
    message.version <= game.version ? {}
    : message.version === game.version + 1 ? { ...change(game), version: message.version }
    : { behind: true });
}

/**
 * The server has lost what came last: what we have is worth nothing, and the whole is asked for.
 * @param {State} state @param {import('../protocol.js').SetBack} message @returns {State}
 */
export function setBack(state, { game: id, ply }) {
  const game = state.games.get(id);
  if (!game) return state;
  return { ...changeGame(state, id, () => ({ version: 0, behind: true })), notice: { what: 'set_back', moves: ply - game.opening.length } };
}

/** @param {State} state @param {string} id @param {(game: Game) => Partial<Game>} change @returns {State} */
export function changeGame(state, id, change) {
  const game = state.games.get(id);
  return game ? { ...state, games: new Map(state.games).set(id, { ...game, ...change(game) }) } : state;
}

/** The game is put away. @param {State} state @param {string} id @returns {State} */
export function letGo(state, id) {
  const games = new Map(state.games);
  games.delete(id);
  return { ...state, games, current: state.current === id ? [...games.keys()].at(-1) ?? null : state.current };
}

/** @param {number|null} ms @param {number} now */
export const later = (ms, now) => ms === null ? null : now + ms;
