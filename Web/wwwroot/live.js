// A game as it goes on, for whoever looks at its page and is somebody here already: the line, the messages and the state are those of the lobby.
import { connection } from './connection.js';
import { tellOthers } from './elsewhere.js';
import { onlooker } from './onlooker.js';
import { make } from './protocol.js';
import { initial, reduce } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Local|import('./protocol.js').ServerMessage} Message */

/**
 * @param {string} id @param {boolean} hasAccount whether this browser is logged in: then its cookie speaks for us, and otherwise what the lobby left in this tab
 * @param {(state: State, before: State) => void} changed @param {() => void} gone nobody knows us any more
 */
export function live(id, hasAccount, changed, gone) {
  let state = initial();
  let isKnown = true;
  const line = connection({
    hello: () => !isKnown ? null : hasAccount ? make.account() : sessionStorage.token ? make.resume(sessionStorage.token) : null,
    ping: version,
    receive: message => {
      take(message);
      if (message.type === 'welcome') {
        tellOthers(message.kind === 'guest' ? message.name : '');
        looking.begin();
        looking.watch(id);
      }
      if (state.games.get(id)?.behind) line.ask(version());
    },
    refused: leave,
    left: leave,
    changed: to => take({ type: 'local', what: 'connection', to }),
    measured: () => {}, // Who looks on feels nothing of it.
  });
  const looking = onlooker(line);

  function leave() {
    isKnown = false;
    tellOthers('');
    gone();
  }

  function version() {
    const game = state.games.get(id);
    return make.ping(game ? [{ game: id, version: game.version }] : []);
  }

  /** @param {Message} message */
  function take(message) {
    const before = state;
    state = reduce(state, message, performance.now());
    changed(state, before);
  }

  line.introduce();
  return line;
}
