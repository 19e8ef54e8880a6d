// What a person chose in this browser. It stays in it; the server has no use for it.

/** Everything there is to choose, with what it is until somebody does. A value is always a string, so that it can stand in an attribute of the page. */
const defaults = {
  /** A key of `languages`, or nothing for the browser's choice. */
  language: '',
  /** `light`, `dark`, or nothing for the system's choice. */
  theme: '',
  /** `more` for high contrast, or nothing for the system's choice. */
  contrast: '',
  /** The board's look. */
  board: 'classic',
  sound: 'on',
  /** Whether single characters are commands. */
  keys: 'on',
  /** Whether a move has to be confirmed. */
  confirm: 'off',
  /** Whether the opponent's reactions are shown. */
  reactions: 'on',
  /** What was last agreed upon: the clock as `180+2` or `none`, and `swap` or `pair` behind it if that was. */
  terms: '180+2',
  /** Whether any clock will do for somebody who wants to play now. */
  any: 'off',
  /** Whether the browser may say that it is my turn while I look elsewhere. */
  notify: 'off',
};

/** @typedef {keyof typeof defaults} Preference */

const changed = new EventTarget();

export const preferences = {
  /** @param {Preference} name @returns {string} */
  get: name => localStorage.getItem(name) ?? defaults[name],

  /** @param {Preference} name @param {string} value */
  set(name, value) {
    localStorage.setItem(name, value);
    changed.dispatchEvent(new CustomEvent(name));
  },

  /** Calls back now and whenever the person chooses anew, in this tab or another. @param {Preference} name @param {(value: string) => void} back */
  follow(name, back) {
    const tell = () => back(preferences.get(name));
    changed.addEventListener(name, tell);
    addEventListener('storage', event => { if (event.key === name) tell(); });
    tell();
  },
};
