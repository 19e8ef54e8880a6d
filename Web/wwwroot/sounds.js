// Sounds, made of nothing but oscillators: quiet, short, and none for whoever does not want any.
import { preferences } from './preferences.js';

/** @typedef {'land'|'move'|'win'|'loss'|'draw'|'challenge'|'low'} Sound */

/** Each is a few tones: frequency in Hz, when it begins and how long it lasts in s, and the frequency that it slides to. @type {Record<Sound, [number, number, number, number?][]>} */
const tones = {
  land: [[190, 0, 0.12, 110]],
  move: [[420, 0, 0.07], [190, 0.06, 0.12, 110]],
  win: [[523, 0, 0.16], [659, 0.13, 0.16], [784, 0.26, 0.18], [1047, 0.39, 0.4]],
  loss: [[392, 0, 0.2], [330, 0.17, 0.2], [262, 0.34, 0.4]],
  draw: [[392, 0, 0.18], [392, 0.22, 0.3]],
  challenge: [[659, 0, 0.14], [880, 0.15, 0.26]],
  low: [[880, 0, 0.07], [880, 0.14, 0.07]],
};

const loudness = 0.07;
/** How much higher a disc sounds for every disc below it: a tone, so that one hears how full a column is. */
const tone = 2 ** (2 / 12);
/** Runs only while something sounds: it would compute silence otherwise, as long as the page is open. @type {AudioContext|null} */ let context = null;
let sounding = 0;

// Browsers let a page be heard once somebody has touched it.
for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, prepare, { once: true });

function prepare() {
  if (context) return;
  context = new AudioContext();
  context.suspend();
}

/** @param {Sound} which @param {number} [row] where a disc has landed, from 1 at the bottom */
export function sound(which, row = 1) {
  if (preferences.get('sound') !== 'on' || !context) return;
  context.resume();
  const lift = tone ** (row - 1);
  for (const [frequency, begin, length, to = frequency] of tones[which]) {
    const [oscillator, gain, at] = [context.createOscillator(), context.createGain(), context.currentTime + begin];
    oscillator.frequency.setValueAtTime(frequency * lift, at);
    oscillator.frequency.exponentialRampToValueAtTime(to * lift, at + length);
    oscillator.type = 'triangle';
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(loudness, at + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + length);
    sounding++;
    oscillator.onended = () => { if (--sounding === 0) context?.suspend(); };
  }
}
