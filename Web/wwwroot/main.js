// Wires: messages go through reduce into the state, the state into the views, what a person does into messages.
import { connection } from './connection.js';
import { make } from './protocol.js';
import { initial, reduce } from './state.js';
import { refusal } from './texts.js';
import { gameView } from './views/game.js';
import { invitationView } from './views/invitation.js';
import { lobbyView } from './views/lobby.js';
import { noticeView } from './views/notice.js';
import { signInView } from './views/sign-in.js';
import { tabsView } from './views/tabs.js';

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */

let state = initial();
/** The name that a person has just asked for; once welcomed, the token speaks for them. @type {string|null} */
let wanted = null;

const line = connection({
  hello: () => wanted ? make.hello(wanted) : sessionStorage.token ? make.resume(sessionStorage.token) : null,
  ping: versions,
  receive: message => {
    if (message.type === 'welcome') welcome(message);
    take(message);
    if (message.type === 'welcome') line.ask(versions());
    if (message.type === 'game') resend(message.game);
    if (state.games.get('game' in message && message.game || '')?.behind) line.ask(versions());
    if (message.type === 'error' && !state.me) nameRefused(message.code);
  },
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

/** @param {import('./protocol.js').Welcome} message */
function welcome(message) {
  wanted = null;
  sessionStorage.token = message.token;
  sessionStorage.name = message.name;
  signIn.close();
}

/** @param {string} code */
function nameRefused(code) {
  delete sessionStorage.token;
  wanted = null;
  signIn.open(refusal(code));
}

/** What we have, for a ping: the open games, and after a reload those that were open before it. */
function versions() {
  const known = new Map(JSON.parse(sessionStorage.games ?? '[]').map((/** @type {string} */ id) => [id, 0]));
  for (const game of state.games.values()) known.set(game.id, game.version);
  return make.ping([...known].slice(-30).map(([game, version]) => ({ game, version })));
}

/** Asks for something in the lobby or of a game; what is refused is said in words. @param {import('./protocol.js').ClientMessage} message */
async function request(message) {
  const answer = await line.ask(message);
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
  const answer = await line.ask(make.move(id, ply, column));
  // Without an answer the move stays pending, and is sent again when the line is back: it counts once, however often it arrives.
  if (answer?.type === 'error') take({ type: 'local', what: 'settled', game: id, code: answer.code });
}

/** @param {string} id */
function resend(id) {
  const pending = state.games.get(id)?.pending;
  if (pending) send(id, pending.ply, pending.column);
}

if (sessionStorage.token) line.introduce();
else signIn.open('');
