import { at } from '../address.js';
import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { clockIn, span, termsIn } from '../texts.js';
import { copy } from './copy.js';
import { find, say } from './dom.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../protocol.js').ClockSetting} ClockSetting */
/** @typedef {import('../protocol.js').Balance} Balance */
/** @typedef {import('../protocol.js').Terms} Terms */

/**
 * The ways to a game: what is agreed upon, pairing, and an invitation by link.
 * @param {{seek: (clocks: (ClockSetting|null)[], balance: Balance) => void, unseek: () => void, link: (terms: Terms) => void, unlink: () => void}} actions
 */
export function startView(actions) {
  const root = find('#start');
  const clock = /** @type {HTMLSelectElement} */ (find('#clock'));
  const any = /** @type {HTMLInputElement} */ (find('#any'));
  const balance = /** @type {HTMLSelectElement} */ (find('#balance'));
  const waiting = find('.waiting', root);
  const offered = find('.offered', root);
  const address = /** @type {HTMLInputElement} */ (find('#link-address'));
  const qr = /** @type {HTMLImageElement} */ (find('.qr', root));
  const buttons = { seek: button('seek'), link: button('link'), unseek: button('unseek'), unlink: button('unlink'), copy: button('copy'), share: button('share'), look: button('look') };
  /** @type {State['seek']} */ let seek = null;
  /** @type {State['link']} */ let link = null;

  for (const option of clock.options) if (option.value !== 'none') option.text = clockIn(settingOf(option.value));
  [clock.value, balance.value] = remembered();
  any.checked = preferences.get('any') === 'on';
  any.addEventListener('change', () => preferences.set('any', any.checked ? 'on' : 'off'));
  for (const field of [clock, balance]) field.addEventListener('change', () => preferences.set('terms', `${clock.value} ${balance.value}`.trim()));
  // Whoever waits and changes their mind keeps the place, and waits for the other thing.
  for (const field of [clock, any, balance]) field.addEventListener('change', () => { if (seek) ask(); });

  buttons.seek.addEventListener('click', ask);
  buttons.unseek.addEventListener('click', actions.unseek);
  buttons.link.addEventListener('click', () => actions.link(terms()));
  buttons.unlink.addEventListener('click', actions.unlink);
  buttons.copy.addEventListener('click', async () => say(find('.said', offered), await copy(address.value) ? t('link.copied') : ''));
  buttons.share.addEventListener('click', () => navigator.share({ url: address.value }).catch(() => {})); // Whoever changes their mind has not failed.
  buttons.share.hidden = !('share' in navigator);
  buttons.look.addEventListener('click', () => find('#running button').focus());
  address.addEventListener('focus', () => address.select());
  setInterval(tick, 500);

  function ask() { actions.seek(any.checked ? [clock.value, ...others()].map(settingOf) : [settingOf(clock.value)], balanced()); }

  /** @param {string} action @returns {HTMLButtonElement} */
  function button(action) { return find(`[data-action=${action}]`, root); }

  const others = () => [...clock.options].map(option => option.value).filter(value => value !== clock.value);
  const balanced = () => ({ swap: balance.value === 'swap', pair: balance.value === 'pair' });
  const terms = () => ({ clock: settingOf(clock.value), ...balanced() });

  function tick() {
    const now = performance.now();
    if (seek) say(find('.waited', waiting), span(now - seek.since));
    if (link) say(find('.left', offered), t('link.left', { time: span(Math.max(0, link.expiresAt - now)) }));
  }

  /** @param {State} state */
  function showLink({ link, me }) {
    offered.hidden = !link;
    if (!link) return;
    const path = `${encodeURIComponent(me ?? '')}/${encodeURIComponent(link.key)}`;
    address.value = at(`join/${path}`);
    qr.src = at(`api/links/${path}/qr`);
    say(find('.what', offered), t('link.what', { terms: termsIn(link) }));
    say(find('.said', offered), '');
  }

  return {
    terms,
    /** @param {State} state @param {State} before */
    render(state, before) {
      const isOffline = state.connection !== 'open';
      buttons.seek.disabled = isOffline || !!state.invitation; // It has to be answered or withdrawn first.
      buttons.link.disabled = isOffline;
      if (state.seek !== before.seek) {
        const hadFocus = document.activeElement === buttons.seek || document.activeElement === buttons.unseek;
        seek = state.seek;
        waiting.hidden = !seek;
        buttons.seek.hidden = !!seek;
        say(find('.what', waiting), seek ? t('start.waiting', { terms: seek.clocks.length > 1 ? t('start.any_clock') : termsIn({ ...seek, clock: seek.clocks[0] }) }) : '');
        if (hadFocus) (seek ? buttons.unseek : buttons.seek).focus();
      }
      buttons.look.hidden = find('#running').hidden;
      if (state.link !== before.link || state.me !== before.me) {
        link = state.link;
        showLink(state);
      }
      tick();
    },
  };
}

/** @returns {[string, string]} */
function remembered() {
  const [clock, balance = ''] = preferences.get('terms').split(' ');
  return [find(`#clock option[value="${CSS.escape(clock)}"]`) ? clock : '180+2', ['swap', 'pair'].includes(balance) ? balance : ''];
}

/** @param {string} value such as `180+2` or `none` @returns {ClockSetting|null} */
function settingOf(value) {
  if (value === 'none') return null;
  const [initial, increment] = value.split('+').map(Number);
  return { initial, increment };
}
