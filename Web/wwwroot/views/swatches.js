import { colours } from '../protocol.js';
import { colourIn } from '../texts.js';
import { element } from './dom.js';

/** The palette to choose from, each colour with its name, and no preference. @param {HTMLElement} root */
export function swatchesView(root) {
  const fields = [null, ...colours].map(colour => {
    const label = root.appendChild(element('label', 'swatch'));
    const field = label.appendChild(element('input'));
    field.type = 'radio';
    field.name = 'colour';
    field.value = colour ?? '';
    const disc = label.appendChild(element('span', 'disc'));
    disc.dataset.colour = colour ?? '';
    label.append(colourIn(colour));
    return field;
  });

  return {
    /** @param {string|null} colour */
    choose(colour) {
      for (const field of fields) field.checked = field.value === (colour ?? '');
    },
  };
}
