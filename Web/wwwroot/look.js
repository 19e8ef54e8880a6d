// How the page looks is known before it is first drawn, so that nobody who likes the dark is flashed at. Loaded first, and by itself: it imports nothing.
const { dataset } = document.documentElement;
dataset.theme = localStorage.getItem('theme') ?? '';
dataset.board = localStorage.getItem('board') ?? 'classic';
dataset.contrast = (localStorage.getItem('contrast') ?? '') || (matchMedia('(prefers-contrast: more)').matches ? 'more' : '');
