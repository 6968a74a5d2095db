"""Colours that a browser computed, and their contrast, as a script for pages."""

from __future__ import annotations

# Colours as pixels: a canvas understands color-mix() and whatever else CSS may compute.
COLOURS = """
const dot = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const pixel = (...colours) => {
  dot.clearRect(0, 0, 1, 1);
  for (const colour of colours) {
    dot.fillStyle = colour;
    dot.fillRect(0, 0, 1, 1);
  }
  return [...dot.getImageData(0, 0, 1, 1).data];
};
const parents = (element) => (element ? [...parents(element.parentElement), element] : []);
const background = (element) => [
  "white",
  ...parents(element).map((parent) => getComputedStyle(parent).backgroundColor),
];
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
// An element's colour on what is painted behind it, its own opacity counted in.
const contrastOf = (element) => {
  const behind = pixel(...background(element));
  const opacity = parents(element).reduce((all, e) => all * getComputedStyle(e).opacity, 1);
  const drawn = pixel(...background(element), getComputedStyle(element).color);
  const mixed = drawn.map((value, i) => value * opacity + behind[i] * (1 - opacity));
  return contrast(mixed.slice(0, 3), behind.slice(0, 3));
};
const name = (element) =>
  `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className}`;
"""
