// A game that no server knows, between red and yellow, as the board and the texts want it.
import { t } from './i18n.js';
import { resultOf } from './rules.js';
import { sideOf } from './viewer.js';

const colours = ['red', 'yellow'];

/** @param {number} side */
export const nameOf = side => t(`local.${colours[side]}`);

/** @param {string} id another one for another game @param {string} moves the columns in order @returns {import('./state.js').Game} */
export function gameOf(id, moves) {
  const result = resultOf(moves);
  const side = result ? null : sideOf(moves.length);
  return {
    id, version: moves.length, opening: '', moves, toMove: side, clock: null, swap: null, pair: null, rated: false, watchers: 0, result, side: side ?? 0,
    players: colours.map((colour, side) => ({ name: nameOf(side), colour, connected: true, claimableAt: null, forfeitsAt: null })),
    said: [null, null], chosen: null, pending: null, problem: null, behind: false,
  };
}

/** Whose turn it is, or how it ended. @param {string} moves */
export function turnOf(moves) {
  const result = resultOf(moves);
  if (!result) return t('turn.theirs', { name: nameOf(sideOf(moves.length)) });
  return result.winner === null ? t('result.draw') : t('result.seen.four', { winner: nameOf(result.winner) });
}
