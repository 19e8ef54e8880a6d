import { t } from '../i18n.js';
import { remaining } from '../state.js';
import { lastMove, opponents, refusal, time, turn } from '../texts.js';
import { boardView } from './board.js';
import { find, say } from './dom.js';
import { playerView } from './player.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {import('../state.js').State} State */

const lowTime = 20_000;

/**
 * The game that is shown: players, clocks, board, what can be done.
 * @param {{drop: (game: string, column: number) => void, quit: (game: string) => void, rematch: (game: string) => void, putAway: (game: string) => void}} actions
 */
export function gameView(actions) {
  const play = find('#play');
  const root = find('#game');
  const live = find('#live');
  const dialog = /** @type {HTMLDialogElement} */ (find('#quit'));
  const players = [0, 1].map(side => playerView(find('.players', root), side));
  /** @type {Game|null} */ let shown = null;

  const board = boardView(find('.board', root), column => shown && actions.drop(shown.id, column));
  const buttons = { rematch: button('rematch'), back: button('back'), quit: button('quit') };
  const replay = /** @type {HTMLAnchorElement} */ (find('[data-action=replay]', root));
  buttons.rematch.addEventListener('click', () => shown && actions.rematch(shown.id));
  buttons.back.addEventListener('click', () => shown && actions.putAway(shown.id));
  buttons.quit.addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'quit' && shown) actions.quit(shown.id);
    dialog.returnValue = '';
  });
  document.addEventListener('keydown', event => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement || document.querySelector('dialog[open]');
    if (shown && !isTyping && !event.ctrlKey && !event.altKey && !event.metaKey && /^[1-7]$/.test(event.key)) actions.drop(shown.id, Number(event.key));
  });
  setInterval(tick, 100);

  /** @param {'rematch'|'back'|'quit'} action */
  function button(action) { return find(`[data-action=${action}]`, root); }

  function tick() {
    if (!shown) return;
    const game = shown;
    const now = performance.now();
    const left = remaining(game, now);
    players.forEach(({ clock, away }, side) => {
      say(clock, game.clock ? time(left[side]) : '');
      clock.classList.toggle('low', !!game.clock && left[side] < lowTime);
      const { connected, forfeitsAt } = game.players[side];
      const seconds = forfeitsAt === null ? 0 : Math.max(0, Math.ceil((forfeitsAt - now) / 1000));
      say(away, connected || game.result ? '' : t('play.away', { count: seconds }));
    });
  }

  /** @param {Game} game */
  function render(game) {
    root.dataset.game = game.id;
    root.dataset.over = String(!!game.result);
    say(find('h2', root), t(game.side === null ? 'play.watching' : 'play.playing', { names: opponents(game) }));
    players.forEach(({ box, disc, name }, side) => {
      box.dataset.turn = String(game.toMove === side);
      disc.dataset.colour = game.players[side].colour;
      say(name, side === game.side ? t('play.you') : game.players[side].name);
    });
    say(find('.turn', root), turn(game));
    say(find('.problem', root), game.problem ? refusal(game.problem) : '');
    buttons.rematch.hidden = !game.result || game.side === null;
    buttons.back.hidden = !game.result;
    replay.hidden = !game.result;
    replay.href = `game/${encodeURIComponent(game.id)}`;
    buttons.quit.hidden = !!game.result || game.side === null;
    board.render(game);
    tick();
  }

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    const game = state.current === null ? null : state.games.get(state.current) ?? null;
    if (game === shown) return;
    const previous = shown;
    shown = game;
    play.hidden = !game;
    find('#main').classList.toggle('playing', !!game);
    if (!game) return;
    render(game);
    if (previous?.id !== game.id) {
      if (dialog.open) dialog.close();
      if (!before.games.has(game.id) && game.moves === '') find('h2', root).focus({ preventScroll: false });
    } else if (previous.moves.length < game.moves.length) {
      const height = [...game.moves].filter(column => column === game.moves.at(-1)).length;
      say(live, `${lastMove(game, height)} ${turn(game)}`);
    }
  };
}
