import { find } from './dom.js';

/** Where somebody goes on whose button has gone, the first of these that is there. */
const next = ['#invitation button:not([hidden])', '#game h2', '#start-title'];

const hasGone = (/** @type {Element} */ element) => !element.isConnected || element.matches(':disabled') || element.closest('[hidden]') !== null;

/** Whoever had the focus on something that a rendering takes away finds themselves at what has come instead, not at the top of the page. @param {() => void} render */
export function keepFocus(render) {
  const had = document.activeElement;
  render();
  const isLost = had && had !== document.body && hasGone(had) && (document.activeElement === had || document.activeElement === document.body);
  if (!isLost || document.querySelector('dialog[open]')) return;
  next.map(selector => find(selector)).find(element => element && !hasGone(element))?.focus();
}
