import { at } from '../address.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { clockIn, moment, nameOf, outcome } from '../texts.js';
import { copy } from './copy.js';
import { element, say } from './dom.js';

/** @typedef {import('../api.js').Game} Game */

/** What is known of a game besides its moves, and how to take it away. @param {HTMLElement} root @param {boolean} isHere whether it has an address on this server */
export function factsView(root, isHere) {
  const list = root.appendChild(element('dl', 'facts'));
  const facts = {
    result: fact(t('facts.result')), clock: fact(t('facts.clock')), began: fact(t('facts.began')), ended: fact(t('facts.ended')), opening: fact(t('facts.opening')), notation: fact(t('facts.notation')),
  };
  const buttons = root.appendChild(element('p', 'buttons'));
  const said = root.appendChild(element('p', 'hint'));
  said.setAttribute('role', 'status');
  const record = root.appendChild(element('details'));
  record.append(element('summary', '', t('facts.record')));
  const text = record.appendChild(element('pre'));
  text.tabIndex = 0;
  text.dir = 'ltr';
  /** @type {Game|null} */ let shown = null;

  if (isHere) copying(t('facts.copy_link'), () => at(`game/${shown?.game}`));
  copying(t('facts.copy_notation'), () => shown?.moves ?? '');
  const download = buttons.appendChild(element('a', 'button', t('facts.download')));
  download.download = '';

  /** @param {string} name */
  function fact(name) {
    const row = list.appendChild(element('div'));
    row.append(element('dt', '', name));
    return { row, value: row.appendChild(element('dd')) };
  }

  /** @param {string} label @param {() => string} what */
  function copying(label, what) {
    const button = buttons.appendChild(element('button', '', label));
    button.type = 'button';
    button.addEventListener('click', async () => {
      const text = what();
      said.textContent = await copy(text) ? t('facts.copied') : t('facts.not_copied', { text });
    });
  }

  return {
    /** @param {Game} game */
    render(game) {
      if (game === shown) return;
      shown = game;
      const values = {
        result: game.result ? outcome(game.players, game.result) : t('facts.running'),
        clock: [clockIn(game.clock), game.rated ? t('list.rated') : '', game.swapped ? t('play.swap_done', { name: nameOf(game.players[0]) }) : ''].filter(Boolean).join(' · '),
        began: game.startedAt ? moment(game.startedAt) : '',
        ended: game.endedAt ? moment(game.endedAt) : '',
        opening: game.opening,
        notation: game.moves,
      };
      for (const [name, { row, value }] of Object.entries(facts)) {
        say(value, values[/** @type {keyof typeof values} */ (name)]);
        row.hidden = value.textContent === '';
      }
      record.hidden = !game.record;
      say(text, game.record ?? '');
      download.hidden = !isHere || !game.record;
      if (isHere && game.game) download.href = api.recordOf(game.game);
    },
  };
}
