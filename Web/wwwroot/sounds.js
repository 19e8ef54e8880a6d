// Sounds, made of nothing but oscillators: quiet, short, and none for whoever does not want any.
import { preferences } from './preferences.js';

/** @typedef {'land'|'move'|'win'|'loss'|'draw'|'challenge'|'low'} Sound */

/** Each is a few tones: frequency in Hz, when it begins and how long it lasts in s. @type {Record<Sound, [number, number, number][]>} */
const tones = {
  land: [[180, 0, 0.09]],
  move: [[330, 0, 0.09], [180, 0.05, 0.1]],
  win: [[523, 0, 0.14], [659, 0.12, 0.14], [784, 0.24, 0.3]],
  loss: [[392, 0, 0.16], [330, 0.14, 0.3]],
  draw: [[392, 0, 0.15], [392, 0.18, 0.2]],
  challenge: [[659, 0, 0.12], [880, 0.14, 0.2]],
  low: [[880, 0, 0.06], [880, 0.12, 0.06]],
};

const loudness = 0.08;
/** @type {AudioContext|null} */ let context = null;

// Browsers let a page be heard once somebody has touched it.
for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => { context ??= new AudioContext(); }, { once: true });

/** @param {Sound} which */
export function sound(which) {
  if (preferences.get('sound') !== 'on' || !context) return;
  if (context.state === 'suspended') context.resume();
  for (const [frequency, begin, length] of tones[which]) {
    const [oscillator, gain, at] = [context.createOscillator(), context.createGain(), context.currentTime + begin];
    oscillator.frequency.value = frequency;
    oscillator.type = 'triangle';
    gain.gain.setValueAtTime(loudness, at);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + length);
  }
}
