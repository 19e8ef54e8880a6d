import { t } from '../i18n.js';
import { span } from '../texts.js';
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
  /** The games in which we said that we would wait, until they are back. @type {Set<string>} */ const waits = new Set();
  /** What was offered last, and in which game. */
  let known = '';

  for (const button of buttons)
    button.addEventListener('click', () => {
      if (!shown) return;
      const which = /** @type {Answer} */ (button.dataset.offer);
      if (which === 'wait') waits.add(shown.id);
      answer(which, shown);
      render(shown, performance.now());
    });

  /**
   * Tells what is offered, whether that is new, and whether we wait for somebody over whom we can claim the win all the same.
   * @param {Game} game @param {number} now
   */
  function render(game, now) {
    shown = game;
    if (absence(game) === null) waits.delete(game.id);
    const offer = offerOf(game, now, waits.has(game.id));
    const text = offer?.text ?? '';
    const isNew = text !== '' && known !== game.id + text;
    known = game.id + text;
    root.hidden = !offer;
    if (offer) {
      say(find('.what', root), text);
      say(find('.until', root), offer.answers.includes('claim') ? until(game, now) : '');
      for (const button of buttons) button.hidden = !offer.answers.includes(/** @type {Answer} */ (button.dataset.offer));
    }
    return { text, isNew, mayStillClaim: isClaimable(game, now) && waits.has(game.id) };
  }

  return { render };
}

/** From when on the opponent's absence is a win to claim, or null. @param {Game} game */
const absence = game => game.side === null ? null : game.players[1 - game.side].claimableAt;

/** @param {Game} game @param {number} now */
function isClaimable(game, now) {
  const since = absence(game);
  return !game.result && since !== null && since <= now;
}

/** What becomes of it if nobody does anything. @param {Game} game @param {number} now */
function until(game, now) {
  const forfeitsAt = game.side === null ? null : game.players[1 - game.side].forfeitsAt;
  return forfeitsAt === null ? '' : t('offer.claim_until', { time: span(Math.max(0, forfeitsAt - now)) });
}

/** @param {Game} game @param {number} now @param {boolean} waits @returns {{text: string, answers: Answer[]}|null} */
function offerOf(game, now, waits) {
  if (game.side === null || game.result) return null;
  if (game.chosen !== null) return { text: t('offer.confirm_what', { column: game.chosen }), answers: ['confirm', 'cancel'] };
  if (isClaimable(game, now) && !waits) return { text: t('offer.claim_what', { name: game.players[1 - game.side].name }), answers: ['claim', 'wait'] };
  if (game.swap === 'agreed' && game.moves.length === 1 && game.toMove === game.side && !game.pending) return { text: t('offer.swap_what'), answers: ['swap'] };
  return null;
}
