// The page of one game, running or over. While it runs it is followed over a line by whoever is somebody here, and fetched again now and then by everybody else.
import { at } from './address.js';
import { api } from './api.js';
import { t } from './i18n.js';
import { live } from './live.js';
import { entitle, notify } from './notify.js';
import { make } from './protocol.js';
import { lastMove, marks, noticeIn, problemIn, refusal } from './texts.js';
import { moved, rowOf } from './viewer.js';
import { saidAnew } from './views/company.js';
import { find, say, subject } from './views/dom.js';
import { showSession } from './views/header.js';
import { invitationView } from './views/invitation.js';
import { reportView } from './views/report.js';
import { title, viewerView } from './views/viewer.js';

/** @typedef {import('./state.js').State} State */

const again = 3_000;

const id = subject();
const root = find('#viewer');
const viewer = viewerView(root, { isHere: true });
const report = reportView(find('#report'), viewer.go);
const invitation = invitationView(answer);
/** @type {import('./api.js').Game|null} */ let known = null;
/** @type {ReturnType<typeof live>|null} */ let line = null;
let isLive = false;
let isOver = false;
/** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;

async function load() {
  clearTimeout(timer);
  const answer = await api.game(id);
  clearTimeout(timer); // Somebody may have come back to the tab meanwhile and asked as well.
  if (answer.ok) show(answer.value);
  else if (answer.status === 404) return missing();
  say(find('#notice'), answer.ok ? '' : problemIn(answer));
  if (!isOver && !isLive) timer = setTimeout(() => { if (!document.hidden) load(); }, Math.max(again, answer.ok ? 0 : (answer.retryAfter ?? 0) * 1000));
}

/** @param {import('./api.js').Game} game */
function show(game) {
  if (known && game.version < known.version) return; // An answer that was overtaken.
  if (known) viewer.update(game);
  else viewer.show(game);
  known = game;
  isOver = game.result !== null;
  root.hidden = false;
  report(game);
  find('#running').hidden = isOver;
  say(find('#title'), title(game));
  entitle(t('site.page', { title: title(game) }));
}

function missing() {
  isOver = true;
  say(find('#title'), t('game.missing_title'));
  entitle(t('site.page', { title: t('game.missing_title') }));
  find('#missing').hidden = false;
}

/** What came over the line. @param {State} state @param {State} before */
function follow(state, before) {
  const [game, old] = [state.games.get(id), before.games.get(id)];
  const wasLive = isLive;
  isLive = state.connection === 'open' && !!game;
  if (wasLive && !isLive) load();
  invitation(state);
  notify(state, before);
  if (state.notice !== before.notice) say(find('#notice'), state.notice ? noticeIn(state.notice) : '');
  if (!game || game === old) return;
  viewer.follow({ game, blocked: state.preferences.blocked });
  find('#running a').hidden = game.side === null;
  say(find('#running .marks'), [t('game.live'), marks(game)].filter(Boolean).join(' · '));
  if (old && game.version < old.version) {
    known = null; // The server has lost what came last, and says so: only then does a game go back.
    load();
  } else if (known && game.version > known.version) {
    const next = moved(known, game);
    if (next) show(next);
    else load();
  }
  if (old) tell(old, game, state.preferences.blocked);
}

/** @param {import('./state.js').Game} before @param {import('./state.js').Game} game @param {readonly string[]} blocked */
function tell(before, game, blocked) {
  const move = game.moves.length > before.moves.length ? lastMove(game, rowOf(game.moves, game.moves.length)) : '';
  const words = [move, saidAnew(before, game, blocked)].filter(Boolean).join(' ');
  if (words) say(find('#live'), words);
}

/** Somebody challenges us while we look on. The lobby is where one plays. @param {'accept'|'decline'|'cancel'} which @param {string} opponent */
async function answer(which, opponent) {
  const reply = await line?.insist(make.answer(which, opponent));
  if (reply?.type === 'error') say(find('#notice'), refusal(reply.code));
  else if (reply && which === 'accept') location.assign(at());
}

/** There is nobody whom we could be: the page is fetched again, and offers to watch under a name. */
function gone() {
  isLive = false;
  line = null;
  viewer.follow(null);
  nameless();
  if (!isOver) load();
}

function nameless() {
  say(find('#running .marks'), '');
  const link = /** @type {HTMLAnchorElement} */ (find('#running a'));
  link.hidden = false;
  link.href = at(`#watch=${encodeURIComponent(id)}`);
  say(link, t('game.watch_live'));
}

document.addEventListener('visibilitychange', () => { if (!document.hidden && !isOver && !isLive) load(); });
const [session] = await Promise.all([api.session(), load()]);
showSession(session);
const hasAccount = session.ok && session.value.account !== null;
if (!isOver) {
  if (hasAccount || sessionStorage.token) line = live(id, hasAccount, follow, gone);
  else nameless();
}
