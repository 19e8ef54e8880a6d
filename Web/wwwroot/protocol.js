// The wire as docs/protocol.md describes it: what a message looks like, and how to make one.

/** @typedef {'everybody'|'accounts'|'nobody'} Policy */
/** @typedef {'hello'|'good_luck'|'nice'|'oops'|'thanks'|'good_game'} Reaction */
/** @typedef {{initial: number, increment: number}} ClockSetting seconds */
/** @typedef {{swap: boolean, pair: boolean}} Balance what is done about the advantage of moving first: one of the two, or nothing */
/** @typedef {Balance & {clock: ClockSetting|null}} Terms what two agree upon before a game */
/**
 * @typedef {{name: string, state: 'AVAILABLE'|'INVITATION_SENT'|'INVITATION_RECEIVED'|'PLAYING', kind: string, games: number, open: boolean, challenges: Policy, seeking: boolean,
 *   wins: number, losses: number, draws: number, rating: number|null, provisional: boolean, colour: string|null}} User
 */
/** @typedef {{winner: 0|1|null, reason: 'four'|'full'|'forfeit'|'flag'|'absence', cells: [number, number][]}} Result */
/** @typedef {{name: string, colour: string, connected: boolean, claimableIn: number|null, forfeitsIn: number|null}} Player */
/** @typedef {{game: string, players: {name: string, colour: string}[], moves: string, clock: ClockSetting|null}} Running a running game as the lobby shows it */
/** @typedef {{type: 'welcome', protocol: number, name: string, kind: string, token: string|null, epoch: string}} Welcome */
/** @typedef {{type: 'user_list', version: number, online: number, users: User[]}} UserList */
/** @typedef {{type: 'user_changes', from: number, version: number, online: number, changed: User[], removed: string[]}} UserChanges */
/** @typedef {{type: 'running_games', version: number, running: number, games: Running[]}} RunningGames */
/** @typedef {{type: 'running_changes', from: number, version: number, running: number, changed: Running[], removed: string[]}} RunningChanges */
/** @typedef {{type: 'preferences', open: boolean, challenges: Policy, blocked: string[]}} Preferences */
/** @typedef {{type: 'seek', status: 'waiting'|'paired'|'ended', clocks: (ClockSetting|null)[], swap: boolean, pair: boolean, waited: number, game: string|null}} Seeking */
/** @typedef {{type: 'link', status: 'open'|'taken'|'withdrawn'|'expired', key: string, clock: ClockSetting|null, swap: boolean, pair: boolean, expiresIn: number, game: string|null}} Linked */
/**
 * @typedef {{type: 'invitation', status: 'sent'|'received'|'accepted'|'declined'|'withdrawn'|'expired'|'gone', from: string, to: string, clock: ClockSetting|null, swap: boolean, pair: boolean, rated: boolean,
 *   expiresIn: number, game: string|null, rematchOf: string|null}} InvitationMessage
 */
/**
 * @typedef {{type: 'game', game: string, version: number, players: [Player, Player], opening: string, moves: string, toMove: 0|1|null, clock: (ClockSetting & {remaining: [number, number]})|null,
 *   swap: 'agreed'|'done'|null, pair: 1|2|null, rated: boolean, watchers: number, result: Result|null}} WholeGame
 */
/** @typedef {{type: 'moved', game: string, version: number, ply: number, player: 0|1, column: number, row: number, remaining: [number, number]|null}} Moved */
/** @typedef {{type: 'game_over', game: string, version: number} & Result} GameOver */
/** @typedef {{type: 'set_back', game: string, version: number, ply: number}} SetBack ply: how many discs are left */
/** @typedef {{type: 'presence', game: string, player: 0|1, connected: boolean, claimableIn: number|null, forfeitsIn: number|null}} Presence */
/** @typedef {{type: 'reaction', game: string, player: 0|1, reaction: Reaction}} Reacted */
/** @typedef {{type: 'watchers', game: string, count: number}} Watchers */
/** @typedef {{type: 'pong', games: string[], unknown: string[]}} Pong */
/** @typedef {{type: 'ok', users?: User[]}} Ok */
/** @typedef {{type: 'error', code: string, message: string}} Refused */
/**
 * @typedef {(Welcome|UserList|UserChanges|RunningGames|RunningChanges|Preferences|Seeking|Linked|InvitationMessage|WholeGame|Moved|GameOver|SetBack|Presence|Reacted|Watchers|Pong|Ok|Refused)
 *   & {re?: number}} ServerMessage
 */
/** @typedef {{type: string, [field: string]: unknown}} ClientMessage */

/** The palette of discs. */
export const colours = ['red', 'yellow', 'blue', 'orange', 'purple', 'green', 'white', 'black'];

/** @type {Reaction[]} */
export const reactions = ['hello', 'good_luck', 'nice', 'oops', 'thanks', 'good_game'];

export const subProtocol = 'connect-four.v1';

export const make = {
  /** @param {string} username */
  hello: username => ({ type: 'new_connection', username }),
  /** @param {string} token */
  resume: token => ({ type: 'new_connection', token }),
  /** The account that this browser is logged in as. */
  account: () => ({ type: 'new_connection' }),
  /** @param {string} opponent @param {Terms} terms */
  challenge: (opponent, { clock, swap, pair }) => ({ type: 'challenge', opponent, clock, swap, pair }),
  /** @param {(ClockSetting|null)[]} clocks @param {Balance} balance */
  seek: (clocks, { swap, pair }) => ({ type: 'seek', clocks, swap, pair }),
  unseek: () => ({ type: 'unseek' }),
  /** @param {Terms} terms */
  link: ({ clock, swap, pair }) => ({ type: 'link', clock, swap, pair }),
  unlink: () => ({ type: 'unlink' }),
  /** @param {string} opponent @param {string} key */
  join: (opponent, key) => ({ type: 'join', opponent, key }),
  /** @param {'accept'|'decline'|'cancel'} type @param {string} opponent */
  answer: (type, opponent) => ({ type, opponent }),
  /** @param {string} game @param {number} ply @param {number} column */
  move: (game, ply, column) => ({ type: 'move', game, ply, column }),
  /** What is said of a game without saying more. @param {'swap'|'claim'|'watch'|'unwatch'} type @param {string} game */
  about: (type, game) => ({ type, game }),
  /** @param {string} game @param {Reaction} reaction */
  react: (game, reaction) => ({ type: 'react', game, reaction }),
  /** @param {string} game */
  quit: game => ({ type: 'quit', game }),
  /** @param {string} game */
  rematch: game => ({ type: 'rematch', game }),
  /** @param {boolean} more */
  open: more => ({ type: 'open', more }),
  /** @param {Policy} challenges */
  allow: challenges => ({ type: 'allow', challenges }),
  /** @param {'block'|'unblock'} type @param {string} name */
  block: (type, name) => ({ type, name }),
  /** @param {boolean} on */
  running: on => ({ type: 'running', on }),
  /** @param {string} prefix */
  find: prefix => ({ type: 'find', prefix }),
  /** @param {{game: string, version: number}[]} games */
  ping: games => ({ type: 'ping', games }),
};
