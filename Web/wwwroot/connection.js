// The only module that knows the socket. Comes back by itself, notices a dead line, and gives every question its one answer.
import { at } from './address.js';
import { subProtocol } from './protocol.js';

/** @typedef {import('./protocol.js').ClientMessage} ClientMessage */
/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */

const firstWait = 500;
const longestWait = 15_000;
const longWait = 60_000;
const pingEvery = 10_000;
const deadAfter = 10_000;

/** Close codes after which coming back would only fail again: the page has to be mended or reloaded. */
const finalCodes = new Set([1002, 1003, 1007, 1009, 4010]);
const tooFast = 4008;
/** Our account has logged out, here or elsewhere: who we are has to be asked first. */
const loggedOut = 4001;
/** What we close a line with that we gave up. */
const lineLost = 4002;

/** How often and after which pause a question is asked again that the server was too busy for. */
const mostTries = 6;
const pause = 1_000;

/**
 * @param {object} options
 * @param {() => ClientMessage|null} options.hello what to say first, or null while nobody has a name
 * @param {() => ClientMessage} options.ping what to ask to see whether the line is alive
 * @param {(message: ServerMessage) => void} options.receive
 * @param {(code: string) => void} options.refused our introduction was not accepted, and may be made again
 * @param {() => void} options.left our account has logged out
 * @param {(state: 'connecting'|'open'|'closed'|'stopped') => void} options.changed
 * @param {(ms: number) => void} options.measured how long an answer took
 */
export function connection({ hello, ping, receive, refused, left, changed, measured }) {
  /** @type {WebSocket|null} */ let socket = null;
  /** @type {Map<number, (answer: ServerMessage|null) => void>} */ let questions = new Map();
  let lastId = 0;
  let failures = 0;
  let heard = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let retry;

  function open() {
    clearTimeout(retry);
    if (socket || !hello()) return;
    changed('connecting');
    const url = new URL(at('ws'));
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = socket = new WebSocket(url, subProtocol);
    opened.onopen = introduce;
    opened.onmessage = event => take(JSON.parse(event.data));
    opened.onclose = event => lost(opened, event.code);
    heard = performance.now();
  }

  /** Says who we are: on a new line, or on one whose last introduction was refused. */
  async function introduce() {
    const first = hello();
    if (!socket) open();
    else if (first) {
      const answer = await ask(first);
      if (answer?.type === 'error') refused(answer.code);
    }
  }

  /** @param {ServerMessage} message */
  function take(message) {
    heard = performance.now();
    if (message.type === 'welcome') {
      failures = 0;
      changed('open');
    }
    receive(message);
    if (message.re === undefined) return;
    questions.get(message.re)?.(message);
    questions.delete(message.re);
  }

  /** @param {WebSocket} which @param {number} code */
  function lost(which, code) {
    if (socket !== which) return;
    socket = null;
    which.close(lineLost); // It may get through after all: then the server must not think that we left.
    const unanswered = questions;
    questions = new Map();
    for (const answer of unanswered.values()) answer(null);
    if (finalCodes.has(code)) return changed('stopped');
    changed('closed');
    if (code === loggedOut) return left();
    const wait = code === tooFast ? longWait : Math.min(longestWait, firstWait * 2 ** failures++);
    retry = setTimeout(open, wait * (0.5 + Math.random()));
  }

  /**
   * Sends a message; the answer is null when the line was lost before it came.
   * @param {ClientMessage} message @returns {Promise<ServerMessage|null>}
   */
  function ask(message) {
    const to = socket;
    if (to?.readyState !== WebSocket.OPEN) return Promise.resolve(null);
    const id = ++lastId;
    to.send(JSON.stringify({ ...message, id }));
    const at = performance.now();
    return new Promise(resolve => questions.set(id, answer => {
      if (answer) measured(performance.now() - at);
      resolve(answer);
    }));
  }

  /**
   * Asks, and asks again while the server cannot tell what became of it, or for a while has no time for it.
   * @param {ClientMessage} message @param {() => boolean} [isWanted] whether the answer still matters @returns {Promise<ServerMessage|null>}
   */
  async function insist(message, isWanted = () => true) {
    for (let tries = 1; ; tries++) {
      const answer = await ask(message);
      const isOpen = answer?.type === 'error' && (answer.code === 'pending' || answer.code === 'overloaded' && tries < mostTries);
      if (!isOpen) return answer;
      await new Promise(resolve => setTimeout(resolve, pause));
      if (!isWanted()) return null;
    }
  }

  function check() {
    const line = socket;
    if (!line) return;
    if (performance.now() - heard > pingEvery + deadAfter) {
      // A dead line answers no close either, so nobody waits for that.
      return lost(line, 1006);
    }
    if (performance.now() - heard > pingEvery - 100) ask(ping());
  }

  setInterval(check, pingEvery / 2);
  addEventListener('online', open);
  addEventListener('offline', () => { if (socket) lost(socket, 1006); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) socket ? check() : open(); });

  return { introduce, ask, insist };
}
