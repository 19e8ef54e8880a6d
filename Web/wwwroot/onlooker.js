// Looking on at games, and going on with it: after a reload or a cut line the server knows nothing of it any more.
import { make } from './protocol.js';

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */

/** @param {{ask: (message: import('./protocol.js').ClientMessage) => Promise<ServerMessage|null>}} line */
export function onlooker(line) {
  /** The games that we have asked for on this line. @type {Set<string>} */ const asked = new Set();

  /** @param {string} id */
  function watch(id) {
    asked.add(id);
    return line.ask(make.about('watch', id));
  }

  /** @param {string} id */
  function leave(id) {
    asked.delete(id);
    return line.ask(make.about('unwatch', id));
  }

  addEventListener('pagehide', () => { for (const id of asked) leave(id); });

  return {
    watch,
    leave,
    /** A new line, on which nothing has been asked for. */
    begin: () => asked.clear(),
    /** A game is shown that others play: unless it is over, there is more to come. @param {{id: string, side: 0|1|null, result: object|null}|undefined} game */
    keep(game) {
      if (!game || game.side !== null) return;
      if (game.result) asked.delete(game.id);
      else if (!asked.has(game.id)) watch(game.id);
    },
  };
}
