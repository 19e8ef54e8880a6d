// Wires: messages go through reduce into the state, the state into the views, what a person does into messages.
import { api } from './api.js';
import { connection } from './connection.js';
import { installWorker } from './installable.js';
import { notify } from './notify.js';
import { onlooker } from './onlooker.js';
import { preferences } from './preferences.js';
import { make } from './protocol.js';
import { initial, isBound, reduce } from './state.js';
import { refusal } from './texts.js';
import { botsView } from './views/bots.js';
import { keepFocus } from './views/focus.js';
import { gameView } from './views/game.js';
import { invitationView } from './views/invitation.js';
import { joinView } from './views/join.js';
import { lobbyView } from './views/lobby.js';
import { noticeView } from './views/notice.js';
import { personView } from './views/person.js';
import { runningView } from './views/running.js';
import { signInView } from './views/sign-in.js';
import { startView } from './views/start.js';
import { tabsView } from './views/tabs.js';

/** @typedef {import('./protocol.js').ServerMessage} ServerMessage */

const askAgainAfter = 1_000;
/** An answer that takes longer than so many ms is one that a player feels. */
const slow = 400;
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
    if (message.type === 'game') {
      looking.keep(state.games.get(message.game));
      resend(message.game);
    }
    if (state.games.get('game' in message && message.game || '')?.behind) line.ask(versions());
  },
  refused,
  left: begin,
  changed: to => take({ type: 'local', what: 'connection', to }),
  measured: ms => take({ type: 'local', what: 'measured', isSlow: ms > slow }),
});
const looking = onlooker(line);

const signIn = signInView(name => {
  wanted = name;
  line.introduce();
});

const start = startView({
  seek: (clocks, swap) => request(make.seek(clocks, swap)),
  unseek: () => request(make.unseek()),
  link: terms => request(make.link(terms)),
  unlink: () => request(make.unlink()),
});
const person = personView({ block: (type, name) => request(make.block(type, name)) });
const join = joinView({
  join: (opponent, key) => request(make.join(opponent, key)),
  say: code => take({ type: 'local', what: 'refused', code }),
});

const views = [
  noticeView(),
  invitationView((answer, opponent) => request(make.answer(answer, opponent))),
  runningView({ watch, want: isWanted => line.ask(make.running(isWanted)) }),
  start.render,
  person.render,
  botsView(bot => request(make.challenge(bot, start.terms()))),
  lobbyView({
    challenge: opponent => request(make.challenge(opponent, start.terms())),
    more: person.open,
    open: more => request(make.open(more)),
    allow: challenges => request(make.allow(challenges)),
    find: async prefix => {
      const answer = prefix ? await line.ask(make.find(prefix)) : null;
      take({ type: 'local', what: 'found', users: answer?.type === 'ok' ? answer.users ?? [] : null });
    },
  }),
  tabsView(game => take({ type: 'local', what: 'select', game })),
  gameView({
    drop,
    choose: (game, column) => take({ type: 'local', what: 'choose', game, column }),
    confirm: game => {
      const column = state.games.get(game)?.chosen;
      if (column) move(game, column);
    },
    ask: (what, game) => request(make.about(what, game)),
    react: (game, reaction) => request(make.react(game, reaction)),
    quit: game => request(make.quit(game)),
    rematch,
    putAway,
    more: name => person.open(state.users.get(name) ?? { name, kind: 'guest' }),
  }),
  notify,
];

/** @param {ServerMessage|import('./state.js').Local} message */
function take(message) {
  const before = state;
  state = reduce(state, message, performance.now());
  keepFocus(() => { for (const render of views) render(state, before); });
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
  else {
    askForName('');
    join.introduce();
  }
}

/** @param {import('./protocol.js').Welcome} message */
function welcome(message) {
  wanted = null;
  looking.begin();
  if (message.token) Object.assign(sessionStorage, { token: message.token, name: message.name });
  else delete sessionStorage.token;
  signIn.close();
  join.ask(message.name);
  const toWatch = new URLSearchParams(location.hash.slice(1)).get('watch');
  if (toWatch) watch(toWatch);
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
  say(await line.insist(message));
}

/** @param {ServerMessage|null} answer */
function say(answer) {
  if (answer?.type === 'error') take({ type: 'local', what: 'refused', code: answer.code });
}

/** Somebody has pointed at a column: the disc drops, or waits to be confirmed if they like it so. @param {string} id @param {number} column */
function drop(id, column) {
  const game = state.games.get(id);
  const isToBeConfirmed = preferences.get('confirm') === 'on' && game?.toMove === game?.side && game?.chosen !== column;
  if (isToBeConfirmed && !game?.pending && !game?.result) take({ type: 'local', what: 'choose', game: id, column });
  else move(id, column);
}

/** Drops a disc as we see the board; whether it counts is the server's to say. @param {string} id @param {number} column */
async function move(id, column) {
  const game = state.games.get(id);
  if (!game || game.pending || game.result || game.side === null) return;
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

/** Asks for another game, or accepts the one that the opponent asks for. @param {string} id */
function rematch(id) {
  const offered = state.invitation;
  return request(offered && !offered.mine && offered.rematchOf === id ? make.answer('accept', offered.from) : make.rematch(id));
}

/** Looks on at a game. @param {string} id */
async function watch(id) {
  history.replaceState(null, '', document.baseURI);
  const answer = state.games.has(id) ? null : await looking.watch(id);
  say(answer);
  // The game itself comes after the answer.
  if (answer?.type === 'ok' || state.games.has(id)) take({ type: 'local', what: 'select', game: id });
}

/** @param {string} id */
function putAway(id) {
  const game = state.games.get(id);
  if (game && game.side === null && !game.result) looking.leave(id);
  take({ type: 'local', what: 'put_away', game: id });
}

/** @param {string} id */
function resend(id) {
  const pending = state.games.get(id)?.pending;
  if (pending) send(id, pending.ply, pending.column);
}

// Whoever plays, or waits for somebody to play with, must not leave the page by following a link.
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link) link.target = isBound(state) ? '_blank' : '';
});

await begin();
installWorker();
