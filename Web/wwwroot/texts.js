// Every sentence a person reads that is not in index.html.

import { boardAfter, isAtEnd, sideOf } from './viewer.js';

/** @typedef {import('./state.js').Game} Game */

const refusals = new Map(Object.entries({
  bad_name: 'This name cannot be used: 2 to 20 letters, digits, _ or -, beginning with a letter, ending with a letter or digit. Some names are reserved.',
  name_registered: 'This name belongs to an account: log in, or choose another.',
  name_taken: 'Somebody else is here under this name. Choose another one.',
  not_logged_in: 'You are not logged in any more.',
  bad_token: 'Your session could not be resumed. Please say your name again.',
  too_many_connections: 'You have too many tabs open under this name.',
  unknown_user: 'They are not here any more.',
  cannot_challenge_yourself: 'You cannot challenge yourself.',
  you_are_busy: 'You have a pending invitation already.',
  opponent_is_busy: 'They are busy at the moment.',
  too_many_games: 'You are in too many games already.',
  no_such_invitation: 'That invitation has ended.',
  not_found: 'This game does not exist any more.',
  not_a_player: 'This is not your game.',
  not_your_turn: 'It is not your turn yet.',
  column_full: 'That column is full. Choose another one.',
  bad_column: 'There is no such column.',
  game_over: 'The game is over.',
  game_is_running: 'The game is not over yet.',
  time_is_up: 'Your time was up before this move arrived.',
  stale: 'The board had changed. Here is how it stands now.',
  rate_limited: 'Slow down a little: that was too much at once.',
  pending: 'The server has not stored that yet. It may still count.',
  overloaded: 'The server is very busy. Please try again.',
  unavailable: 'The server cannot store moves at the moment. Your move was not made; try again soon.',
}));

/** @param {string} code */
export const refusal = code => refusals.get(code) ?? 'That did not work.';

/** @param {import('./protocol.js').User['state']} state @param {boolean} open */
export function stateOf(state, open) {
  switch (state) {
    case 'AVAILABLE': return 'Available';
    case 'INVITATION_SENT': return 'Inviting';
    case 'INVITATION_RECEIVED': return 'Invited';
    case 'PLAYING': return open ? 'Playing, open to more' : 'Playing';
  }
}

/** @param {import('./state.js').State['connection']} connection */
export function connectionIn(connection) {
  switch (connection) {
    case 'stopped': return 'This page and the server do not understand each other. Please reload the page.';
    case 'open': return '';
    default: return 'Connection lost. Coming back …';
  }
}

/** @param {import('./protocol.js').ClockSetting|null} clock */
export function clockIn(clock) {
  if (!clock) return 'no clock';
  const { initial, increment } = clock;
  const base = initial % 60 === 0 ? `${initial / 60} min` : `${initial} s`;
  return increment ? `${base} + ${increment} s` : base;
}

/** @param {string} status @param {boolean} mine @param {string} other */
export function invitationEnd(status, mine, other) {
  switch (status) {
    case 'accepted': return ''; // The game that begins says it better.
    case 'declined': return mine ? `${other} declined.` : `You declined ${other}’s challenge.`;
    case 'withdrawn': return mine ? 'You withdrew your challenge.' : `${other} withdrew the challenge.`;
    case 'expired': return mine ? `${other} did not answer in time.` : `${other}’s challenge has expired.`;
    default: return `${other} has left.`;
  }
}

/** Our opponent, or both names for a watcher. @param {Game} game */
export const opponents = game => game.side === null ? game.players.map(player => player.name).join(' and ') : game.players[1 - game.side].name;

/** @param {Game} game */
export function turn(game) {
  if (game.result) return result(game);
  if (game.pending) return 'Sending your move …';
  if (game.toMove === game.side) return 'Your turn';
  return `${game.players[game.toMove ?? 0].name} is to move`;
}

/** @param {Game} game */
function result(game) {
  const { winner, reason } = /** @type {import('./protocol.js').Result} */ (game.result);
  if (winner === null) return 'A draw: the board is full.';
  const loser = game.players[1 - winner].name;
  if (winner === game.side) return { four: 'You won: four in line!', forfeit: `You won: ${loser} gave up.`, flag: `You won: ${loser} ran out of time.`, absence: `You won: ${loser} stayed away.`, full: '' }[reason];
  if (game.side !== null) return { four: `${game.players[winner].name} won: four in line.`, forfeit: 'You gave up.', flag: 'You lost: your time ran out.', absence: 'You lost: you stayed away too long.', full: '' }[reason];
  return outcome(game.players, { winner, reason });
}

/** How a game ended, for somebody who did not play it. @param {{name: string, kind?: string}[]} players @param {Pick<import('./protocol.js').Result, 'winner'|'reason'>} result */
export function outcome(players, { winner, reason }) {
  if (winner === null) return 'A draw: the board is full.';
  const [won, lost] = [players[winner], players[1 - winner]].map(nameOf);
  return `${won} won: ${{ four: 'four in line', forfeit: `${lost} gave up`, flag: `${lost} ran out of time`, absence: `${lost} stayed away`, full: '' }[reason]}.`;
}

/** @param {{name: string, kind?: string}} player */
export const nameOf = ({ name, kind }) => kind === 'deleted' ? 'Deleted account' : name;

/** What the viewer shows. @param {import('./viewer.js').Viewing} viewing */
export function shown(viewing) {
  const { game, ply } = viewing;
  if (game.result && isAtEnd(viewing)) return outcome(game.players, game.result);
  const next = nameOf(game.players[sideOf(ply)]);
  if (isAtEnd(viewing)) return `${next} is to move`;
  return ply === 0 ? `The board is empty, ${next} begins` : `Move ${ply} of ${game.moves.length}: ${nameOf(game.players[sideOf(ply - 1)])}, column ${game.moves[ply - 1]}`;
}

/** The board for whoever hears it. @param {import('./viewer.js').Viewing} viewing */
export function boardIn({ game, ply }) {
  const columns = boardAfter(game.moves, ply).map((sides, x) => sides.length ? ` Column ${x + 1}: ${sides.map(side => nameOf(game.players[side])).join(', ')}.` : '');
  return `Board with ${ply} ${ply === 1 ? 'disc' : 'discs'}, each column from the bottom.${columns.join('')}`;
}

/** What an answer of the server says went wrong. @param {import('./api.js').Problem} problem */
export function problemIn({ code, detail, retryAfter }) {
  if (code === 'unreachable') return 'The server cannot be reached. Please try again.';
  return detail || (retryAfter === null ? refusal(code) : `Please wait ${retryAfter} s and try again.`);
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const hours = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** @param {string} instant */
export const day = instant => dates.format(new Date(instant));

/** @param {string} instant */
export const hour = instant => hours.format(new Date(instant));

/** @param {string} instant */
export const moment = instant => `${day(instant)}, ${hour(instant)}`;

/** The last move, spoken. @param {Game} game @param {number} row */
export function lastMove(game, row) {
  const side = (game.moves.length - 1) % 2;
  const who = side === game.side ? 'You' : game.players[side].name;
  return `${who}: column ${game.moves.at(-1)}, row ${row}.`;
}

/** @param {number} ms */
export function time(ms) {
  const tenths = Math.ceil(ms / 100);
  if (tenths < 200) return `${Math.floor(tenths / 10)}.${tenths % 10}`;
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const reasons = { four: 'four in line', full: 'the board is full', forfeit: 'gave up', flag: 'out of time', absence: 'stayed away' };

/** How a game of a list ended for one of its players. @param {import('./api.js').GameInList['result']} result @param {0|1} side */
export function resultFor(result, side) {
  if (!result) return 'Running';
  const word = result.winner === null ? 'Draw' : result.winner === side ? 'Won' : 'Lost';
  return `${word}: ${reasons[result.reason]}`;
}

/** @param {string|null} colour */
export const colourIn = colour => colour ? colour[0].toUpperCase() + colour.slice(1) : 'No preference';
