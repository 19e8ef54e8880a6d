import { element } from './dom.js';

/** The box of one player: disc, name, clock, and a remark. @param {HTMLElement} root @param {number} side */
export function playerView(root, side) {
  const box = root.appendChild(element('div', 'player'));
  const [disc, name, clock, away] = ['disc', 'name', 'clock', 'away'].map(kind => box.appendChild(element('span', kind)));
  disc.dataset.side = String(side);
  return { box, disc, name, clock, away };
}
