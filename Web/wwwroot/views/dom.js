/**
 * The element that the selector names; it is there, for it stands in the page.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [within] @returns {T}
 */
export const find = (selector, within = document) => /** @type {T} */ (within.querySelector(selector));

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, className = '', text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Sets a text only if it differs, so that a live region does not speak twice. @param {HTMLElement} on @param {string} text */
export function say(on, text) {
  if (on.textContent !== text) on.textContent = text;
}

/** Says something in a live region, also what is the same as before: only what changes is spoken. @param {HTMLElement} live @param {string} text */
export function speak(live, text) {
  if (live.textContent !== text) return void (live.textContent = text);
  live.textContent = '';
  setTimeout(() => { if (!live.textContent) live.textContent = text; }, 50);
}

/** The last part of the page's address: which game or which user it is about. */
export function subject() {
  const part = location.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // No address that we made, so there will be nothing behind it.
  }
}
