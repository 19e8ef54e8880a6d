// Our own moves, from a column that somebody points at to the server's answer: each is sent until it is answered, and counts once, however often it arrives.
import { preferences } from './preferences.js';
import { make } from './protocol.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {Pick<ReturnType<typeof import('./connection.js').connection>, 'insist'>} Line */

/** @param {Line} line @param {() => State} state as it is at the moment @param {(message: import('./state.js').Local) => void} take */
export function moves(line, state, take) {
  /** The moves on their way, so that none is sent by two. @type {WeakSet<object>} */
  const sending = new WeakSet();

  /** Somebody has pointed at a column: the disc drops, or waits to be confirmed if they like it so. @param {string} id @param {number} column */
  function drop(id, column) {
    const game = state().games.get(id);
    const isToBeConfirmed = preferences.get('confirm') === 'on' && game?.toMove === game?.side && game?.chosen !== column;
    if (isToBeConfirmed && !game?.pending && !game?.result) take({ type: 'local', what: 'choose', game: id, column });
    else move(id, column);
  }

  /** Drops a disc as we see the board; whether it counts is the server's to say. @param {string} id @param {number} column */
  async function move(id, column) {
    const game = state().games.get(id);
    if (!game || game.pending || game.result || game.side === null) return;
    const ply = game.moves.length;
    if (game.toMove === game.side) take({ type: 'local', what: 'pending', game: id, ply, column });
    await send(id, ply, column);
  }

  /** @param {string} id @param {number} ply @param {number} column */
  async function send(id, ply, column) {
    const pending = () => state().games.get(id)?.pending;
    const move = pending();
    if (move && sending.has(move)) return;
    if (move) sending.add(move);
    const answer = await line.insist(make.move(id, ply, column), () => pending() === move);
    if (move) sending.delete(move);
    // Without an answer the move stays pending, and is sent again when the line is back.
    if (answer?.type === 'error' && pending() === move) take({ type: 'local', what: 'settled', game: id, code: answer.code });
  }

  return {
    drop,
    /** The column that was chosen is the one that is meant. @param {string} id */
    confirm(id) {
      const column = state().games.get(id)?.chosen;
      if (column) move(id, column);
    },
    /** The line is back, and with it the game: a move without an answer may have been lost. @param {string} id */
    resend(id) {
      const pending = state().games.get(id)?.pending;
      if (pending) send(id, pending.ply, pending.column);
    },
  };
}
