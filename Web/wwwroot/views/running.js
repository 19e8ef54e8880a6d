import { t } from '../i18n.js';
import { clockIn } from '../texts.js';
import { element, find, say } from './dom.js';
import { miniView } from './mini.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../protocol.js').Running} Running */

/** The games that others play, as small live boards: each is a button that opens it. @param {{watch: (game: string) => void, want: (isWanted: boolean) => void}} actions */
export function runningView(actions) {
  const root = find('#running');
  const list = find('ul', root);
  /** @type {Map<string, ReturnType<typeof card>>} */ const cards = new Map();
  /** Whether we have asked for the games on this line. */
  let isWanted = false;

  /** @param {string} id */
  function card(id) {
    const item = list.appendChild(element('li'));
    const button = item.appendChild(element('button'));
    button.type = 'button';
    button.dataset.watch = id;
    button.addEventListener('click', () => actions.watch(id));
    const board = miniView(button);
    const names = button.appendChild(element('span', 'names'));
    button.append(' '); // What is seen is part of what the button is called, word for word: people who speak to their computer say it.
    const clock = button.appendChild(element('span', 'clock'));
    return {
      item,
      /** @param {Running} game */
      draw(game) {
        board.draw(game);
        const players = game.players.map(({ name }) => name).join(' – ');
        const setting = clockIn(game.clock);
        say(names, players);
        say(clock, setting);
        button.setAttribute('aria-label', t('running.watch', { players, clock: setting, count: game.moves.length }));
      },
    };
  }

  /** @param {State} state */
  function ask(state) {
    const wanted = state.connection === 'open' && state.me !== null && !document.hidden;
    if (wanted !== isWanted && state.connection === 'open') actions.want(wanted);
    isWanted = wanted;
  }

  /** @type {State|null} */ let last = null;
  document.addEventListener('visibilitychange', () => { if (last) ask(last); });

  return (/** @type {State} */ state, /** @type {State} */ before) => {
    last = state;
    if (state.connection !== 'open') isWanted = false;
    ask(state);
    if (state.running === before.running && state.preferences === before.preferences && state.games === before.games) return;
    const games = [...state.running.games.values()].filter(game => game.players.every(({ name }) => name !== state.me && !state.preferences.blocked.includes(name)));
    const ids = new Set(games.map(game => game.game));
    for (const [id, { item }] of cards) if (!ids.has(id)) { item.remove(); cards.delete(id); }
    for (const game of games) {
      const old = cards.get(game.game);
      const shown = old ?? card(game.game);
      cards.set(game.game, shown);
      if (!old || game !== before.running.games.get(game.game)) shown.draw(game);
    }
    root.hidden = games.length === 0;
    const unseen = state.running.games.size - games.length; // Ours, and those of people whom we block.
    say(find('.count', root), t('running.count', { count: state.running.count - unseen }));
  };
}
