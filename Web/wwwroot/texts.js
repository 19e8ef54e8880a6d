// Every sentence a person reads that is not in index.html.

/** @typedef {import('./state.js').Game} Game */

const refusals = new Map(Object.entries({
  bad_name: 'This name cannot be used: 2 to 20 letters, digits, _ or -, beginning with a letter, ending with a letter or digit. Some names are reserved.',
  name_taken: 'Somebody else is here under this name. Choose another one.',
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
  return `${game.players[winner].name} won.`;
}

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
