import { t } from '../i18n.js';
import { seconds as inSeconds, termsIn } from '../texts.js';
import { find, say } from './dom.js';

/** The pending invitation, and its time running out. @param {(answer: 'accept'|'decline'|'cancel', opponent: string) => void} answer */
export function invitationView(answer) {
  const card = find('#invitation');
  const seconds = find('.seconds', card);
  const bar = /** @type {HTMLProgressElement} */ (find('progress', card));
  /** @type {import('../state.js').State['invitation']} */ let shown = null;

  for (const button of card.querySelectorAll('button'))
    button.addEventListener('click', () => {
      if (shown) answer(/** @type {'accept'|'decline'|'cancel'} */ (button.dataset.answer), shown.mine ? shown.to : shown.from);
    });

  function tick() {
    if (!shown) return;
    const left = Math.max(0, shown.expiresAt - performance.now());
    say(seconds, inSeconds(Math.ceil(left / 1000)));
    bar.value = left / shown.lifetime;
  }
  setInterval(tick, 250);

  return (/** @type {import('../state.js').State} */ state) => {
    if (state.invitation === shown) return;
    shown = state.invitation;
    card.hidden = !shown;
    if (!shown) return;
    say(find('.what', card), shown.mine ? t('invitation.sent', { name: shown.to, clock: termsIn(shown) }) : t(shown.rematchOf ? 'invitation.rematch' : 'invitation.received', { name: shown.from, clock: termsIn(shown) }));
    for (const button of card.querySelectorAll('button')) button.hidden = (button.dataset.answer === 'cancel') !== shown.mine;
    tick();
  };
}
