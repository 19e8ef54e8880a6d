// The lobby: who is here, who invites whom, who waits, and what there is to look at. Pure.

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../protocol.js').ClockSetting} ClockSetting */

/**
 * @typedef {object} Invitation
 * @property {boolean} mine whether we sent it
 * @property {string} from
 * @property {string} to
 * @property {ClockSetting|null} clock
 * @property {boolean} swap whether the first disc may be taken over
 * @property {boolean} pair whether it is one of two games from the same opening
 * @property {boolean} rated
 * @property {string|null} rematchOf the finished game that it follows
 * @property {number} lifetime ms
 * @property {number} expiresAt ms of our own clock
 */

/** @typedef {{clocks: (ClockSetting|null)[], swap: boolean, pair: boolean, since: number}} Seek since: ms of our own clock */
/** @typedef {{key: string, clock: ClockSetting|null, swap: boolean, pair: boolean, expiresAt: number}} Link */
/** @typedef {{what: 'refused', code: string} | {what: 'invitation', status: string, mine: boolean, other: string} | {what: 'link', status: string} | {what: 'block'|'unblock', name: string} | {what: 'set_back', moves: number}} Notice */
/** @typedef {{version: number, count: number, games: Map<string, import('../protocol.js').Running>}} RunningList count: how many run in all */

/** @param {State} state @param {import('../protocol.js').UserChanges} message @returns {State} */
export function changeUsers(state, message) {
  if (message.from !== state.version) return state;
  const users = new Map(state.users);
  for (const name of message.removed) users.delete(name);
  for (const user of message.changed) users.set(user.name, user);
  return { ...state, version: message.version, online: message.online, users };
}

/** @param {State} state @param {import('../protocol.js').RunningChanges} message @returns {State} */
export function changeRunning(state, message) {
  if (message.from !== state.running.version) return state;
  const games = new Map(state.running.games);
  for (const id of message.removed) games.delete(id);
  for (const game of message.changed) games.set(game.game, game);
  return { ...state, running: { version: message.version, count: message.running, games } };
}

/** @param {State} state @param {import('../protocol.js').InvitationMessage} message @param {number} now @returns {State} */
export function changeInvitation(state, message, now) {
  const { status, from, to, clock, swap, pair, rated, rematchOf, expiresIn } = message;
  const mine = from === state.me;
  if (status === 'sent' || status === 'received')
    return { ...state, invitation: { mine, from, to, clock, swap, pair, rated, rematchOf, lifetime: expiresIn, expiresAt: now + expiresIn }, notice: null };
  const isPending = state.invitation?.from === from && state.invitation.to === to;
  return { ...state, invitation: isPending ? null : state.invitation, notice: { what: 'invitation', status, mine, other: mine ? to : from } };
}

/** @param {State} state @param {import('../protocol.js').Seeking} message @param {number} now @returns {State} */
export function changeSeek(state, { status, clocks, swap, pair, waited }, now) {
  return { ...state, seek: status === 'waiting' ? { clocks, swap, pair, since: now - waited } : null };
}

/** @param {State} state @param {import('../protocol.js').Linked} message @param {number} now @returns {State} */
export function changeLink(state, { status, key, clock, swap, pair, expiresIn }, now) {
  if (status === 'open') return { ...state, link: { key, clock, swap, pair, expiresAt: now + expiresIn }, notice: null };
  return { ...state, link: state.link?.key === key ? null : state.link, notice: status === 'taken' ? null : { what: 'link', status } };
}
