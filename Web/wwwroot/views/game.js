import { at } from '../address.js';
import { t } from '../i18n.js';
import { resultOf } from '../rules.js';
import { sound } from '../sounds.js';
import { remaining } from '../state.js';
import { lastMove, marks, opponents, ratingIn, refusal, time, turn } from '../texts.js';
import { rowOf } from '../viewer.js';
import { boardView } from './board.js';
import { isShort, saidAnew, showClocks, showCompany } from './company.js';
import { find, say, speak } from './dom.js';
import { gridView } from './grid.js';
import { isFree, isFreeCharacter } from './keys.js';
import { offerView } from './offer.js';
import { playerView } from './player.js';
import { reactionsView } from './reactions.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {import('../state.js').State} State */

/**
 * The game that is shown: players, clocks, board, what can be done.
 * @param {object} actions
 * @param {(game: string, column: number) => void} actions.drop
 * @param {(game: string, column: number|null) => void} actions.choose takes a chosen column back, or chooses another
 * @param {(game: string) => void} actions.confirm
 * @param {(what: 'swap'|'claim', game: string) => void} actions.ask
 * @param {(game: string, reaction: import('../protocol.js').Reaction) => Promise<unknown>} actions.react
 * @param {(game: string) => void} actions.quit
 * @param {(game: string) => void} actions.rematch
 * @param {(game: string) => void} actions.putAway
 * @param {(name: string) => void} actions.more what else can be done about the opponent
 */
export function gameView(actions) {
  const play = find('#play');
  const root = find('#game');
  const live = find('#live');
  const dialog = /** @type {HTMLDialogElement} */ (find('#quit'));
  const players = [0, 1].map(side => playerView(find('.players', root), side));
  /** @type {Game|null} */ let shown = null;
  /** The game of which we have said that our clock is low. */
  let saidLow = '';
  /** @type {readonly string[]} */ let blocked = [];
  /** What is to be said. @type {string[]} */ const words = [];

  const board = boardView(find('.board', root), column => shown && actions.drop(shown.id, column));
  const grid = gridView(find('.board', root));
  const offer = offerView(find('.offer', root), (answer, game) => {
    if (answer === 'confirm') actions.confirm(game.id);
    else if (answer === 'cancel') takeBack(game.id);
    else if (answer !== 'wait') actions.ask(answer, game.id);
  });
  const reactions = reactionsView(find('.reactions', root), async reaction => { if (shown) await actions.react(shown.id, reaction); });
  const buttons = { rematch: button('rematch'), back: button('back'), quit: button('quit'), time: button('time'), claim: button('claim'), more: button('more') };
  const replay = /** @type {HTMLAnchorElement} */ (find('[data-action=replay]', root));
  buttons.rematch.addEventListener('click', () => shown && actions.rematch(shown.id));
  buttons.back.addEventListener('click', () => shown && actions.putAway(shown.id));
  buttons.quit.addEventListener('click', () => dialog.showModal());
  buttons.time.addEventListener('click', sayTime);
  buttons.claim.addEventListener('click', () => shown && actions.ask('claim', shown.id));
  buttons.more.addEventListener('click', () => shown && actions.more(opponents(shown)));
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'quit' && shown) actions.quit(shown.id);
    dialog.returnValue = '';
  });
  document.addEventListener('keydown', event => {
    if (!shown || !isFree(event)) return;
    if (event.key === 'Escape' && shown.chosen !== null) takeBack(shown.id);
    if (/^[1-7]$/.test(event.key) && isFreeCharacter(event)) drop(shown.id, Number(event.key));
    if (event.key === 't' && isFreeCharacter(event)) sayTime();
  });
  setInterval(tick, 100);

  /** @param {'rematch'|'back'|'quit'|'time'|'claim'|'more'} action */
  function button(action) { return find(`[data-action=${action}]`, root); }

  /** A number key leaves the focus where it is, but where the column waits for a yes: Enter means that column then, and no button that the focus may be on. @param {string} game @param {number} column */
  function drop(game, column) {
    actions.drop(game, column);
    if (shown?.chosen === column) board.focus(column);
  }

  /** @param {string} game */
  function takeBack(game) {
    actions.choose(game, null);
    tell(t('offer.taken_back'));
  }

  /** Both clocks, for whoever listens. */
  function sayTime() {
    if (!shown?.clock) return;
    const left = remaining(shown, performance.now());
    live.ariaLive = 'polite';
    const [first, second] = shown.players.map((player, side) => t('play.time', { name: side === shown?.side ? t('play.you') : player.name, time: time(left[side]) }));
    tell(`${first} ${second}`);
  }

  function tick() {
    if (!shown) return;
    const [game, now] = [shown, performance.now()];
    showClocks(players, game, now);
    showCompany(players, game, now, blocked);
    if (isShort(game, now) && saidLow !== game.id) {
      saidLow = game.id;
      tell(t('play.low'));
      sound('low');
    }
    const asks = offer.render(game, now);
    if (asks.isNew) tell(asks.text);
    buttons.claim.hidden = !asks.mayStillClaim;
  }

  /** @param {Game} game @param {State} state */
  function render(game, state) {
    root.dataset.game = game.id;
    root.dataset.over = String(!!game.result);
    root.dataset.won = String(!!game.result && game.side !== null && game.result.winner === game.side);
    say(find('h2', root), t(game.side === null ? 'play.watching' : game.result ? 'play.played' : 'play.playing', { names: opponents(game) }));
    players.forEach(({ box, disc, name, rating }, side) => {
      box.dataset.turn = String(game.toMove === side);
      box.dataset.thinks = String(game.toMove === side && side !== game.side);
      disc.dataset.colour = game.players[side].colour;
      say(name, side === game.side ? t('play.you') : game.players[side].name);
      const user = state.users.get(game.players[side].name);
      say(rating, !user ? '' : user.kind === 'bot' ? t('bots.bot') : ratingIn(user));
    });
    say(find('.turn', root), turn(game));
    say(find('.problem', root), game.problem ? refusal(game.problem) : '');
    say(find('.facts', root), marks(game));
    const offered = state.invitation?.rematchOf === game.id ? state.invitation : null;
    buttons.rematch.hidden = !game.result || game.side === null || !!offered?.mine;
    const again = game.pair === 1 ? 'second' : 'rematch';
    say(find('.next', root), buttons.rematch.hidden ? '' : game.side === 1 ? t(`play.${again}_yours`) : t(`play.${again}_theirs`, { name: game.players[1].name }));
    say(buttons.rematch, t(offered && !offered.mine ? `play.accept_${again}` : `play.${again}`));
    buttons.back.hidden = !game.result && game.side !== null;
    say(buttons.back, t(game.result ? 'play.back' : 'play.stop_watching'));
    replay.hidden = !game.result && game.side !== null;
    say(replay, t(game.result ? 'play.replay' : 'play.step'));
    buttons.more.hidden = game.side === null;
    buttons.more.setAttribute('aria-label', t('lobby.more', { name: opponents(game) }));
    replay.href = at(`game/${encodeURIComponent(game.id)}`);
    buttons.quit.hidden = !!game.result || game.side === null;
    buttons.time.hidden = !game.clock || !!game.result;
    find('.keys', root).hidden = game.side === null || !!game.result;
    reactions.render(game);
    board.render(game);
    grid.render(game);
    tick();
  }

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    const game = state.current === null ? null : state.games.get(state.current) ?? null;
    blocked = state.preferences.blocked;
    if (game === shown && state.invitation === before.invitation && !game?.players.some(({ name }) => state.users.get(name) !== before.users.get(name))) return;
    const previous = shown;
    shown = game;
    play.hidden = !game;
    find('#main').classList.toggle('playing', !!game);
    if (!game) return;
    if (previous?.id === game.id) announce(previous, game);
    render(game, state);
    if (previous?.id === game.id) return;
    if (dialog.open) dialog.close();
    if (before.games.has(game.id)) return;
    find('h2', root).focus({ preventScroll: false }); // It tells who plays; what is to do is said after it.
    live.ariaLive = 'polite';
    tell(turn(game));
  };

  /** Says once what has happened. @param {Game} before @param {Game} game */
  function announce(before, game) {
    live.ariaLive = game.result ? 'assertive' : 'polite';
    const isDecided = !game.result && resultOf(game.moves) !== null; // Then the result is a moment away, and tells of the move too.
    if (before.moves.length < game.moves.length && !isDecided) {
      tell(`${lastMove(game, rowOf(game.moves, game.moves.length))} ${turn(game)}`);
    } else if (game.result && !before.result) {
      const isByLastMove = ['four', 'full'].includes(game.result.reason);
      tell(`${isByLastMove ? `${lastMove(game, rowOf(game.moves, game.moves.length))} ` : ''}${turn(game)}`);
    } else if (game.swap === 'done' && before.swap !== 'done') tell(t('play.swap_done', { name: game.players[0].name }));
    tell(saidAnew(before, game, blocked));
  }

  /** What happens at one moment is said in one go, or the last would drown the others. @param {string} text */
  function tell(text) {
    if (!text) return;
    if (words.length === 0) queueMicrotask(() => speak(live, words.splice(0).join(' ')));
    words.push(text);
  }
}
