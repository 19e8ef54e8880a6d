// Wires: messages go through reduce into the state, the state into the views, what a person does into messages.
import { at } from './address.js';
import { connection } from './connection.js';
import { identity } from './identity.js';
import { installWorker } from './installable.js';
import { moves } from './moves.js';
import { notify } from './notify.js';
import { onlooker } from './onlooker.js';
import { make } from './protocol.js';
import { initial, isBound, reduce } from './state.js';
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

/** An answer that takes longer than so many ms is one that a player feels. */
const slow = 400;
/** How many games a ping may ask after. */
const asked = 30;
/** What was last looked for in the lobby: an answer to what was before it comes too late. */
let sought = '';
let state = initial(JSON.parse(sessionStorage.games ?? '[]').slice(-asked));

const line = connection({
  hello: () => us.hello(),
  ping: versions,
  receive: message => {
    if (message.type === 'welcome') welcome(message);
    take(message);
    if (message.type === 'welcome') line.ask(versions());
    if (message.type === 'game') {
      looking.keep(state.games.get(message.game));
      own.resend(message.game);
    }
    if (state.games.get('game' in message && message.game || '')?.behind) line.ask(versions());
  },
  refused: code => us.refused(code),
  left: () => us.begin(),
  changed: to => take({ type: 'local', what: 'connection', to }),
  measured: ms => take({ type: 'local', what: 'measured', isSlow: ms > slow }),
});
const looking = onlooker(line);
const own = moves(line, () => state, take);
const us = identity({
  introduce: line.introduce,
  unreachable: () => take({ type: 'local', what: 'connection', to: 'closed' }),
  askForName: why => {
    take({ type: 'local', what: 'signed_out' });
    signIn.open(why);
    if (!why) join.introduce();
  },
});

const signIn = signInView(us.want);
const start = startView({
  seek: (clocks, balance) => request(make.seek(clocks, balance)),
  unseek: () => request(make.unseek()),
  link: terms => request(make.link(terms)),
  unlink: () => request(make.unlink()),
});
const person = personView({
  block: async (type, name) => {
    const isDone = await request(make.block(type, name));
    if (isDone) take({ type: 'local', what: 'notice', notice: { what: type, name } });
  },
});
const join = joinView({
  join: (opponent, key) => request(make.join(opponent, key)),
  say: refuse,
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
      sought = prefix;
      const answer = prefix ? await line.ask(make.find(prefix)) : null;
      if (prefix === sought) take({ type: 'local', what: 'found', users: answer?.type === 'ok' ? answer.users ?? [] : null });
    },
  }),
  tabsView(game => take({ type: 'local', what: 'select', game })),
  gameView({
    drop: own.drop,
    choose: (game, column) => take({ type: 'local', what: 'choose', game, column }),
    confirm: own.confirm,
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
  const old = state;
  state = reduce(state, message, performance.now());
  keepFocus(() => { for (const render of views) render(state, old); });
  if (state.games !== old.games) sessionStorage.games = JSON.stringify([...state.games.keys()]);
}

/** @param {import('./protocol.js').Welcome} message */
function welcome(message) {
  us.welcome(message);
  looking.begin();
  signIn.close();
  join.ask(message.name);
  const toWatch = new URLSearchParams(location.hash.slice(1)).get('watch');
  if (toWatch) watch(toWatch);
}

/** What we have, for a ping: the open games, and after a reload those that were open before it. */
function versions() {
  const known = new Map(state.missing.map(id => [id, 0]));
  for (const game of state.games.values()) known.set(game.id, game.version);
  return make.ping([...known].slice(-asked).map(([game, version]) => ({ game, version })));
}

/** Asks for something in the lobby or of a game; what is refused is said in words. @param {import('./protocol.js').ClientMessage} message @returns {Promise<boolean>} whether it was done */
async function request(message) {
  const answer = await line.insist(message);
  if (!answer && state.connection !== 'stopped') refuse('unreachable');
  say(answer);
  return answer?.type === 'ok';
}

/** @param {ServerMessage|null} answer */
function say(answer) {
  if (answer?.type === 'error') refuse(answer.code);
}

/** @param {string} code */
function refuse(code) {
  take({ type: 'local', what: 'notice', notice: { what: 'refused', code } });
}

/** Asks for another game, or accepts the one that the opponent asks for. @param {string} id */
function rematch(id) {
  const offered = state.invitation;
  return request(offered && !offered.mine && offered.rematchOf === id ? make.answer('accept', offered.from) : make.rematch(id));
}

/** Looks on at a game. @param {string} id */
async function watch(id) {
  history.replaceState(null, '', at());
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

// Whoever plays, or waits for somebody to play with, must not leave the page by following a link.
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link) link.target = isBound(state) ? '_blank' : '';
});

await us.begin();
installWorker();
