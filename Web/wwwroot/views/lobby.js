import { t } from '../i18n.js';
import { challengeable } from '../state.js';
import { clockIn, stateOf } from '../texts.js';
import { element, find, say } from './dom.js';
import { showName } from './player.js';

/** @typedef {import('../protocol.js').User} User */
/** @typedef {import('../state.js').State} State */

const searchAfter = 200;

/**
 * The live table of users. Rows are kept and changed in place: a button must not vanish under somebody's finger.
 * @param {{challenge: (opponent: string, clock: import('../protocol.js').ClockSetting|null) => void, open: (more: boolean) => void, find: (prefix: string) => void}} actions
 */
export function lobbyView(actions) {
  const lobby = find('#lobby');
  const body = find('tbody', lobby);
  const empty = find('.empty', lobby);
  const clock = /** @type {HTMLSelectElement} */ (find('#clock'));
  const search = /** @type {HTMLInputElement} */ (find('#find'));
  const open = /** @type {HTMLInputElement} */ (find('#open'));
  /** @type {Map<string, ReturnType<typeof row>>} */ const rows = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let typing;
  /** After a reload the server knows how the switch stands; after a restart of the server only we do. */
  let knowsOpen = false;

  for (const option of clock.options) option.text = option.value === 'none' ? t('lobby.no_clock') : clockIn(chosenClock(option.value));
  open.addEventListener('change', () => actions.open(open.checked));
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => actions.find(search.value.trim()), searchAfter);
  });

  /** @param {string} name */
  function row(name) {
    const line = element('tr');
    const [who, state, record, last] = ['name', 'state', 'record', ''].map(kind => line.appendChild(element('td', kind)));
    const button = last.appendChild(element('button', '', t('lobby.challenge')));
    button.type = 'button';
    button.setAttribute('aria-label', t('lobby.challenge_name', { name }));
    button.addEventListener('click', () => actions.challenge(name, chosenClock(clock.value)));
    line.dataset.user = name;
    return {
      line,
      /** @param {User} user @param {State} page */
      show(user, page) {
        line.dataset.state = user.state;
        line.className = user.name === page.me ? 'me' : '';
        showName(who, user);
        who.dataset.remark = user.name === page.me ? t('lobby.you') : '';
        say(state, stateOf(user.state, user.open));
        say(record, `${user.wins} – ${user.losses} – ${user.draws}`);
        button.hidden = user.name === page.me;
        button.disabled = !challengeable(page, user) || page.connection !== 'open';
      },
    };
  }

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    const same = state.users === before.users && state.found === before.found && state.invitation === before.invitation && state.connection === before.connection && state.me === before.me;
    if (same) return;
    const me = state.users.get(state.me ?? '');
    if (me && !knowsOpen) open.checked = me.open;
    knowsOpen = state.me !== null && (knowsOpen || !!me);
    if (state.connection === 'open' && before.connection !== 'open' && knowsOpen && open.checked) actions.open(true);
    const users = (state.found ? state.found.map(user => state.users.get(user.name) ?? user) : [...state.users.values()])
      .sort((a, b) => Number(b.name === state.me) - Number(a.name === state.me) || a.name.localeCompare(b.name));
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
  };
}

/** @param {string} value such as `180+2` or `none` */
function chosenClock(value) {
  if (value === 'none') return null;
  const [initial, increment] = value.split('+').map(Number);
  return { initial, increment };
}
