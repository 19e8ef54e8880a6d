import { locale, t } from '../i18n.js';
import { challengeable } from '../state.js';
import { ratingIn, stateOf } from '../texts.js';
import { element, find, say } from './dom.js';
import { keepFocus } from './focus.js';
import { showName } from './player.js';

/** @typedef {import('../protocol.js').User} User */
/** @typedef {import('../state.js').State} State */

const searchAfter = 200;
/** Milliseconds between two drawings of the list while only others change: in a full lobby somebody does all the time, and nobody reads faster. */
const rest = 250;
const { compare } = new Intl.Collator(locale);

/**
 * The live table of users. Rows are kept and changed in place: a button must not vanish under somebody's finger.
 * @param {object} actions
 * @param {(opponent: string) => void} actions.challenge
 * @param {(user: User) => void} actions.more what else can be done about somebody
 * @param {(more: boolean) => void} actions.open
 * @param {(challenges: import('../protocol.js').Policy) => void} actions.allow
 * @param {(prefix: string) => void} actions.find
 */
export function lobbyView(actions) {
  const lobby = find('#lobby');
  const body = find('tbody', lobby);
  const empty = find('.empty', lobby);
  const search = /** @type {HTMLInputElement} */ (find('#find'));
  const wishes = wishesView(actions);
  /** @type {Map<string, ReturnType<typeof row>>} */ const rows = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let typing;

  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => actions.find(search.value.trim()), searchAfter);
  });

  /** @param {string} name */
  function row(name) {
    const line = element('tr');
    const [who, state, record, last] = ['name', 'state', 'record', ''].map(kind => line.appendChild(element('td', kind)));
    const names = who.appendChild(element('span'));
    const rating = who.appendChild(element('span', 'rating'));
    const button = last.appendChild(element('button', 'challenge', t('lobby.challenge')));
    button.type = 'button';
    button.setAttribute('aria-label', t('lobby.challenge_name', { name }));
    button.addEventListener('click', () => actions.challenge(name));
    const more = last.appendChild(element('button', 'quiet more', '⋯'));
    more.type = 'button';
    more.setAttribute('aria-label', t('lobby.more', { name }));
    more.addEventListener('click', () => shown && actions.more(shown));
    line.dataset.user = name;
    /** @type {User|null} */ let shown = null;
    let [mayChallenge, remark] = ['', ''];
    return {
      line,
      /** @param {User} user @param {State} page */
      show(user, page) {
        const may = String(challengeable(page, user) && page.connection === 'open');
        const isMe = user.name === page.me;
        const said = isMe ? t('lobby.you') : page.preferences.blocked.includes(user.name) ? t('lobby.is_blocked') : '';
        if (user === shown && may === mayChallenge && said === remark) return;
        [shown, mayChallenge, remark] = [user, may, said];
        line.dataset.state = user.state;
        line.className = isMe ? 'me' : '';
        showName(names, user);
        say(rating, ratingIn(user));
        if (remark) who.dataset.remark = remark;
        else delete who.dataset.remark;
        say(state, stateOf(user));
        say(record, `${user.wins} – ${user.losses} – ${user.draws}`);
        button.hidden = more.hidden = isMe;
        button.disabled = may === 'false';
      },
    };
  }

  /** @type {State} */ let latest;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let resting;
  let isStale = false;

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    wishes(state, before);
    latest = state;
    const isOurs = state.found !== before.found || state.invitation !== before.invitation || state.connection !== before.connection || state.me !== before.me || state.preferences !== before.preferences;
    if (!isOurs && state.users === before.users) return;
    if (isOurs || !resting) draw();
    else isStale = true;
  };

  function draw() {
    isStale = false;
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      if (isStale) keepFocus(draw);
    }, rest);
    show(latest);
  }

  /** @param {State} state */
  function show(state) {
    const users = (state.found ? state.found.map(user => state.users.get(user.name) ?? user) : [...state.users.values()])
      .filter(user => user.kind !== 'bot') // They have a place of their own.
      .sort((a, b) => Number(b.name === state.me) - Number(a.name === state.me) || compare(a.name, b.name));
    const names = new Set(users.map(user => user.name));
    for (const [name, { line }] of rows) if (!names.has(name)) { line.remove(); rows.delete(name); }
    users.forEach((user, place) => {
      const shown = rows.get(user.name) ?? row(user.name);
      rows.set(user.name, shown);
      shown.show(user, state);
      if (body.children[place] !== shown.line) body.insertBefore(shown.line, body.children[place] ?? null);
    });
    say(find('.online', lobby), t('lobby.online', { count: state.online }));
    say(empty, state.found ? (users.length ? '' : t('lobby.none_found'))
      : users.some(user => user.name !== state.me) ? '' : t('lobby.empty'));
    empty.hidden = empty.textContent === '';
  }
}

/**
 * Whom we want to be challenged by. The server knows; only after its restart do we know better, and say so again.
 * @param {{open: (more: boolean) => void, allow: (challenges: import('../protocol.js').Policy) => void}} actions
 */
function wishesView(actions) {
  const open = /** @type {HTMLInputElement} */ (find('#open'));
  const allow = /** @type {HTMLSelectElement} */ (find('#allow'));
  /** Whether we have chosen here, and whether the line is a new one. */
  let [hasChosen, isNew] = [false, false];

  open.addEventListener('change', () => { hasChosen = true; actions.open(open.checked); });
  allow.addEventListener('change', () => { hasChosen = true; actions.allow(/** @type {import('../protocol.js').Policy} */ (allow.value)); });

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    if (state.connection === 'open' && before.connection !== 'open') isNew = true;
    if (state.preferences === before.preferences) return;
    const again = isNew && hasChosen;
    isNew = false;
    if (again && open.checked !== state.preferences.open) actions.open(open.checked);
    else open.checked = state.preferences.open;
    if (again && allow.value !== state.preferences.challenges) actions.allow(/** @type {import('../protocol.js').Policy} */ (allow.value));
    else allow.value = state.preferences.challenges;
  };
}
