// Wires: messages go through reduce into the state, the state into the views, what a person does into messages.
import { api } from './api.js';
import { connection } from './connection.js';
import { make } from './protocol.js';
import { initial, isPlaying, reduce } from './state.js';
import { refusal } from './texts.js';
import { gameView } from './views/game.js';
import { invitationView } from './views/invitation.js';
import { lobbyView } from './views/lobby.js';
import { noticeView } from './views/notice.js';
import { signInView } from './views/sign-in.js';
import { tabsView } from './views/tabs.js';

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */

const askAgainAfter = 1_000;
/** Refusals that say that the server has trouble, not that we are not welcome. */
const troubles = new Set(['overloaded', 'pending', 'rate_limited', 'unavailable']);

let state = initial();
/** The name that a person has just asked for; once welcomed, the token speaks for them. @type {string|null} */
let wanted = null;
/** Whether this browser is logged in to an account: then its cookie speaks for us. */
let hasAccount = false;
/** The moves on their way, so that none is sent by two. @type {WeakSet<object>} */
const sending = new WeakSet();

const line = connection({
  hello: () => hasAccount ? make.account() : wanted ? make.hello(wanted) : sessionStorage.token ? make.resume(sessionStorage.token) : null,
  ping: versions,
  receive: message => {
    if (message.type === 'welcome') welcome(message);
    take(message);
    if (message.type === 'welcome') line.ask(versions());
    if (message.type === 'game') resend(message.game);
    if (state.games.get('game' in message && message.game || '')?.behind) line.ask(versions());
  },
  refused,
  left: begin,
  changed: to => take({ type: 'local', what: 'connection', to }),
});

const signIn = signInView(name => {
  wanted = name;
  line.introduce();
});

const views = [
  noticeView(),
  invitationView((answer, opponent) => request(make.answer(answer, opponent))),
  lobbyView({
    challenge: (opponent, clock) => request(make.challenge(opponent, clock)),
    open: more => request(make.open(more)),
    find: async prefix => {
      const answer = prefix ? await line.ask(make.find(prefix)) : null;
      take({ type: 'local', what: 'found', users: answer?.type === 'ok' ? answer.users ?? [] : null });
    },
  }),
  tabsView(game => take({ type: 'local', what: 'select', game })),
  gameView({
    drop,
    quit: game => request(make.quit(game)),
    rematch: game => request(make.rematch(game)),
    putAway: game => take({ type: 'local', what: 'put_away', game }),
  }),
];

/** @param {ServerMessage|import('./state.js').Local} message */
function take(message) {
  const before = state;
  state = reduce(state, message, performance.now());
  for (const render of views) render(state, before);
  if (state.games !== before.games) sessionStorage.games = JSON.stringify([...state.games.keys()]);
}

/** Comes as the account that is logged in, or as the guest that this tab was, or asks for a name. */
async function begin() {
  const session = await api.session();
  if (!session.ok && session.code === 'unreachable') {
    take({ type: 'local', what: 'connection', to: 'closed' });
    return void setTimeout(begin, askAgainAfter);
  }
  hasAccount = session.ok && session.value.account !== null;
  if (hasAccount || sessionStorage.token) line.introduce();
  else askForName('');
}

/** @param {import('./protocol.js').Welcome} message */
function welcome(message) {
  wanted = null;
  if (message.token) Object.assign(sessionStorage, { token: message.token, name: message.name });
  else delete sessionStorage.token;
  signIn.close();
}

/** @param {string} code */
function refused(code) {
  if (code === 'already_connected') return; // We tried twice, and the first was accepted.
  if (troubles.has(code)) return void setTimeout(line.introduce, askAgainAfter);
  delete sessionStorage.token;
  hasAccount = false;
  wanted = null;
  askForName(refusal(code));
}

/** @param {string} why what was wrong with what we were, or nothing */
function askForName(why) {
  take({ type: 'local', what: 'signed_out' });
  signIn.open(why);
}

/** What we have, for a ping: the open games, and after a reload those that were open before it. */
function versions() {
  const known = new Map(JSON.parse(sessionStorage.games ?? '[]').map((/** @type {string} */ id) => [id, 0]));
  for (const game of state.games.values()) known.set(game.id, game.version);
  return make.ping([...known].slice(-30).map(([game, version]) => ({ game, version })));
}

/** Asks for something in the lobby or of a game; what is refused is said in words. @param {import('./protocol.js').ClientMessage} message */
async function request(message) {
  const answer = await line.insist(message);
  if (answer?.type === 'error') take({ type: 'local', what: 'refused', code: answer.code });
}

/** Drops a disc as we see the board; whether it counts is the server's to say. @param {string} id @param {number} column */
async function drop(id, column) {
  const game = state.games.get(id);
  if (!game || game.pending || game.result) return;
  const ply = game.moves.length;
  if (game.toMove === game.side) take({ type: 'local', what: 'pending', game: id, ply, column });
  await send(id, ply, column);
}

/** @param {string} id @param {number} ply @param {number} column */
async function send(id, ply, column) {
  const move = state.games.get(id)?.pending;
  if (move && sending.has(move)) return;
  if (move) sending.add(move);
  const answer = await line.insist(make.move(id, ply, column), () => state.games.get(id)?.pending === move);
  if (move) sending.delete(move);
  // Without an answer the move stays pending, and is sent again when the line is back: it counts once, however often it arrives.
  if (answer?.type === 'error' && state.games.get(id)?.pending === move) take({ type: 'local', what: 'settled', game: id, code: answer.code });
}

/** @param {string} id */
function resend(id) {
  const pending = state.games.get(id)?.pending;
  if (pending) send(id, pending.ply, pending.column);
}

// Whoever is playing must not leave the page by following a link.
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link) link.target = isPlaying(state) ? '_blank' : '';
});

await begin();
