import { t } from '../i18n.js';
import { find, say } from './dom.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {'swap'|'claim'|'wait'|'confirm'|'cancel'} Answer */

/**
 * What a player can do at this moment besides dropping a disc: take the first one over, claim the win over somebody who stays away, or confirm a column.
 * @param {HTMLElement} root @param {(answer: Answer, game: Game) => void} answer
 */
export function offerView(root, answer) {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('[data-offer]'));
  /** @type {Game|null} */ let shown = null;
  /** The absence that we said we would wait for. @type {number|null} */ let waitsFor = null;

  for (const button of buttons)
    button.addEventListener('click', () => {
      if (!shown) return;
      const which = /** @type {Answer} */ (button.dataset.offer);
      if (which === 'wait') waitsFor = absence(shown);
      answer(which, shown);
      render(shown, performance.now());
    });

  /** @param {Game} game @param {number} now */
  function render(game, now) {
    shown = game;
    const offer = offerOf(game, now, waitsFor);
    root.hidden = !offer;
    if (!offer) return;
    say(find('.what', root), offer.text);
    for (const button of buttons) button.hidden = !offer.answers.includes(/** @type {Answer} */ (button.dataset.offer));
  }

  return { render };
}

/** @param {Game} game */
const absence = game => game.side === null ? null : game.players[1 - game.side].claimableAt;

/** @param {Game} game @param {number} now @param {number|null} waitsFor @returns {{text: string, answers: Answer[]}|null} */
function offerOf(game, now, waitsFor) {
  if (game.side === null || game.result) return null;
  if (game.chosen !== null) return { text: t('offer.confirm_what', { column: game.chosen }), answers: ['confirm', 'cancel'] };
  const claimableAt = absence(game);
  if (claimableAt !== null && claimableAt <= now && claimableAt !== waitsFor) return { text: t('offer.claim_what', { name: game.players[1 - game.side].name }), answers: ['claim', 'wait'] };
  if (game.swap === 'agreed' && game.moves.length === 1 && game.toMove === game.side && !game.pending) return { text: t('offer.swap_what'), answers: ['swap'] };
  return null;
}
