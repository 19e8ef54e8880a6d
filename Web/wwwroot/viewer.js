// A game that somebody looks at: which ply is shown, and how board and clocks stood then. Pure, and without the document.

/** @typedef {import('./api.js').Game} Game */

/**
 * @typedef {object} Viewing
 * @property {Game} game
 * @property {number} ply how many discs are shown
 * @property {boolean} follows whether a new move of a running game is shown at once: not while somebody has stepped back
 */

/** @param {Game} game @returns {Viewing} */
export const begin = game => ({ game, ply: game.moves.length, follows: true });

/** @param {Viewing} viewing @param {number} ply beyond either end means that end @returns {Viewing} */
export function step(viewing, ply) {
  const last = viewing.game.moves.length;
  const to = Math.min(last, Math.max(0, ply));
  return { ...viewing, ply: to, follows: to === last };
}

/** The game as it was fetched again; an answer that was overtaken changes nothing. @param {Viewing} viewing @param {Game} game @returns {Viewing} */
export function update(viewing, game) {
  if (game.version < viewing.game.version) return viewing;
  return { ...viewing, game, ply: viewing.follows ? game.moves.length : viewing.ply };
}

/**
 * The game as a line tells of it, when that is just one move further than we have it; otherwise null, and it has to be fetched.
 * @param {Game} game @param {import('./state.js').Game} now @returns {Game|null}
 */
export function moved(game, now) {
  const isNext = now.version === game.version + 1 && now.moves.length === game.moves.length + 1 && !now.result;
  const left = now.clock?.remaining[sideOf(game.moves.length)];
  return isNext ? { ...game, version: now.version, moves: now.moves, times: left === undefined ? game.times : [...game.times ?? [], left] } : null;
}

/** @param {Viewing} viewing */
export const isAtEnd = ({ game, ply }) => ply === game.moves.length;

/** Who is to move at the ply that is shown, or null when it is over. @param {Viewing} viewing @returns {0|1|null} */
export const toMove = viewing => viewing.game.result && isAtEnd(viewing) ? null : sideOf(viewing.ply);

/** The board after so many plies: for each column whose discs lie in it, from the bottom. @param {string} moves @param {number} ply @returns {(0|1)[][]} */
export function boardAfter(moves, ply) {
  /** @type {(0|1)[][]} */ const board = [[], [], [], [], [], [], []];
  [...moves].slice(0, ply).forEach((column, at) => board[Number(column) - 1].push(sideOf(at)));
  return board;
}

/** The row from the bottom that the last of so many discs landed on. @param {string} moves @param {number} ply at least 1 */
export const rowOf = (moves, ply) => [...moves].slice(0, ply).filter(column => column === moves[ply - 1]).length;

/**
 * What both clocks showed after so many plies, in ms; null without clocks. Who has not moved yet has all of their time.
 * @param {Game} game @param {number} ply @returns {number[]|null}
 */
export function clocksAfter({ clock, times, opening, moves, result }, ply) {
  if (!clock) return null;
  const left = [clock.initial * 1000, clock.initial * 1000];
  (times ?? []).slice(0, Math.max(0, ply - opening.length)).forEach((ms, at) => { left[sideOf(at)] = ms; });
  // A flag falls after the last move, so no entry tells of it.
  if (result?.reason === 'flag' && result.winner !== null && ply === moves.length) left[1 - result.winner] = 0;
  return left;
}

/** Whose the disc at this place in the notation is. @param {number} at @returns {0|1} */
export const sideOf = at => at % 2 === 0 ? 0 : 1;
