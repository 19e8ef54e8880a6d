// Where the site lies: behind a proxy perhaps below a path, which the server says in the page.

/** The whole address of something of ours. @param {string} [path] such as `game/abc`; nothing for the lobby */
export function at(path = '') {
  const home = document.querySelector('meta[name=home]')?.getAttribute('content') ?? '/';
  return new URL(home + path, location.href).href;
}
