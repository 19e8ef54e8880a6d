import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { resultOf } from '../rules.js';
import { remaining } from '../state.js';
import { lastMove, opponents, ratingIn, refusal, time, turn } from '../texts.js';
import { rowOf } from '../viewer.js';
import { boardView } from './board.js';
import { find, say } from './dom.js';
import { gridView } from './grid.js';
import { isFree, isFreeCharacter } from './keys.js';
import { offerView } from './offer.js';
import { playerView } from './player.js';
import { reactionsView, signs } from './reactions.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {import('../state.js').State} State */

const lowTime = 20_000;
/** How long it is shown what somebody said. */
const saidFor = 6_000;

/**
 * The game that is shown: players, clocks, board, what can be done.
 * @param {object} actions
 * @param {(game: string, column: number) => void} actions.drop
 * @param {(game: string, column: number|null) => void} actions.choose takes a chosen column back, or chooses another
 * @param {(game: string) => void} actions.confirm
 * @param {(what: 'swap'|'claim', game: string) => void} actions.ask
 * @param {(game: string, reaction: import('../protocol.js').Reaction) => void} actions.react
 * @param {(game: string) => void} actions.quit
 * @param {(game: string) => void} actions.rematch
 * @param {(game: string) => void} actions.putAway
 */
export function gameView(actions) {
  const play = find('#play');
  const root = find('#game');
  const live = find('#live');
  const dialog = /** @type {HTMLDialogElement} */ (find('#quit'));
  const players = [0, 1].map(side => playerView(find('.players', root), side));
  /** @type {Game|null} */ let shown = null;
  /** The game and side whose clock we have said is low. */
  let saidLow = '';

  const board = boardView(find('.board', root), column => shown && actions.drop(shown.id, column));
  const grid = gridView(find('.board', root));
  const offer = offerView(find('.offer', root), (answer, game) => {
    if (answer === 'confirm') actions.confirm(game.id);
    else if (answer === 'cancel') actions.choose(game.id, null);
    else if (answer !== 'wait') actions.ask(answer, game.id);
  });
  const reactions = reactionsView(find('.reactions', root), reaction => shown && actions.react(shown.id, reaction));
  const buttons = { rematch: button('rematch'), back: button('back'), quit: button('quit'), time: button('time') };
  const replay = /** @type {HTMLAnchorElement} */ (find('[data-action=replay]', root));
  buttons.rematch.addEventListener('click', () => shown && actions.rematch(shown.id));
  buttons.back.addEventListener('click', () => shown && actions.putAway(shown.id));
  buttons.quit.addEventListener('click', () => dialog.showModal());
  buttons.time.addEventListener('click', sayTime);
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'quit' && shown) actions.quit(shown.id);
    dialog.returnValue = '';
  });
  document.addEventListener('keydown', event => {
    if (!shown || !isFree(event)) return;
    if (event.key === 'Escape') actions.choose(shown.id, null);
    if (/^[1-7]$/.test(event.key) && isFreeCharacter(event)) actions.drop(shown.id, Number(event.key));
    if (event.key === 't' && isFreeCharacter(event)) sayTime();
  });
  setInterval(tick, 100);

  /** @param {'rematch'|'back'|'quit'|'time'} action */
  function button(action) { return find(`[data-action=${action}]`, root); }

  /** Both clocks, for whoever listens. */
  function sayTime() {
    if (!shown?.clock) return;
    const left = remaining(shown, performance.now());
    live.ariaLive = 'polite';
    live.textContent = '';
    const [first, second] = shown.players.map((player, side) => t('play.time', { name: side === shown?.side ? t('play.you') : player.name, time: time(left[side]) }));
    setTimeout(() => say(live, `${first} ${second}`), 50); // What is the same as before would not be spoken again.
  }

  function tick() {
    if (!shown) return;
    const game = shown;
    const now = performance.now();
    const left = remaining(game, now);
    players.forEach(({ clock, away, said }, side) => {
      say(clock, game.clock ? time(left[side]) : '');
      clock.classList.toggle('low', !!game.clock && left[side] < lowTime);
      const { connected, claimableAt } = game.players[side];
      const seconds = claimableAt === null ? 0 : Math.max(0, Math.ceil((claimableAt - now) / 1000));
      say(away, connected || game.result ? '' : seconds ? t('play.away', { count: seconds }) : t('play.away_long'));
      const word = game.said[side];
      const isHeard = word && now - word.at < saidFor && (side === game.side || preferences.get('reactions') === 'on');
      say(said, isHeard ? `${signs[word.reaction]} ${t(`reactions.${word.reaction}`)}` : '');
    });
    if (game.clock && game.side !== null && game.toMove === game.side && left[game.side] < lowTime && saidLow !== game.id) {
      saidLow = game.id;
      say(live, t('play.low'));
    }
    offer.render(game, now);
  }

  /** @param {Game} game @param {State} state */
  function render(game, state) {
    root.dataset.game = game.id;
    root.dataset.over = String(!!game.result);
    root.dataset.won = String(!!game.result && game.side !== null && game.result.winner === game.side);
    say(find('h2', root), t(game.side === null ? 'play.watching' : 'play.playing', { names: opponents(game) }));
    players.forEach(({ box, disc, name, rating }, side) => {
      box.dataset.turn = String(game.toMove === side);
      box.dataset.thinks = String(game.toMove === side && side !== game.side);
      disc.dataset.colour = game.players[side].colour;
      say(name, side === game.side ? t('play.you') : game.players[side].name);
      const user = state.users.get(game.players[side].name);
      say(rating, user ? ratingIn(user) : '');
    });
    say(find('.turn', root), turn(game));
    say(find('.problem', root), game.problem ? refusal(game.problem) : '');
    say(find('.facts', root), [
      game.rated ? t('play.rated') : '',
      game.swap === 'agreed' ? t('play.swap_agreed') : game.swap === 'done' ? t('play.swap_done', { name: game.players[0].name }) : '',
      game.watchers ? t('play.watchers', { count: game.watchers }) : '',
    ].filter(Boolean).join(' · '));
    const offered = state.invitation?.rematchOf === game.id ? state.invitation : null;
    buttons.rematch.hidden = !game.result || game.side === null || !!offered?.mine;
    say(buttons.rematch, t(offered && !offered.mine ? 'play.accept_rematch' : 'play.rematch'));
    buttons.back.hidden = !game.result && game.side !== null;
    say(buttons.back, t(game.result ? 'play.back' : 'play.stop_watching'));
    replay.hidden = !game.result;
    replay.href = `game/${encodeURIComponent(game.id)}`;
    buttons.quit.hidden = !!game.result || game.side === null;
    buttons.time.hidden = !game.clock || !!game.result;
    reactions.render(game);
    board.render(game);
    grid.render(game);
    tick();
  }

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    const game = state.current === null ? null : state.games.get(state.current) ?? null;
    if (game === shown && state.invitation === before.invitation) return;
    const previous = shown;
    shown = game;
    play.hidden = !game;
    find('#main').classList.toggle('playing', !!game);
    if (!game) return;
    render(game, state);
    if (previous?.id !== game.id) {
      if (dialog.open) dialog.close();
      if (!before.games.has(game.id)) find('h2', root).focus({ preventScroll: false });
    } else announce(previous, game);
  };

  /** Says once what has happened. @param {Game} before @param {Game} game */
  function announce(before, game) {
    live.ariaLive = game.result ? 'assertive' : 'polite';
    const isDecided = !game.result && resultOf(game.moves) !== null; // Then the result is a moment away, and tells of the move too.
    if (before.moves.length < game.moves.length && !isDecided) {
      say(live, `${lastMove(game, rowOf(game.moves, game.moves.length))} ${turn(game)}`);
    } else if (game.result && !before.result) {
      const isByLastMove = ['four', 'full'].includes(game.result.reason);
      say(live, `${isByLastMove ? `${lastMove(game, rowOf(game.moves, game.moves.length))} ` : ''}${turn(game)}`);
    }
    else if (game.swap === 'done' && before.swap !== 'done') say(live, t('play.swap_done', { name: game.players[0].name }));
    game.said.forEach((word, side) => {
      if (word && word !== before.said[side] && side !== game.side && preferences.get('reactions') === 'on')
        say(live, t('reactions.said', { name: game.players[side].name, reaction: t(`reactions.${word.reaction}`) }));
    });
  }
}
