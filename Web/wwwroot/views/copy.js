import { element } from './dom.js';

/** Puts a text on the clipboard; false if the browser does not let us. @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text); // Without TLS there is no clipboard but this one.
  }
}

/** @param {string} text */
function copyOldWay(text) {
  const focused = document.activeElement;
  const area = document.body.appendChild(element('textarea', 'visually-hidden', text));
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isDone;
}
