#!/usr/bin/env node
// Prints reference vectors for segment counting, computed by Twilio's own calculator.
//
//   npm install sms-segments-calculator@1.3.0
//   node generate.js --seed 20260101 --count 20000 | gzip -9n > vectors.tsv.gz
//
// One vector a line, tab-separated: smart encoding (0 or 1), encoding (G or U), parts, units, units left in the last
// part, characters that are not GSM-7, distinct ones, the text as UTF-16 units in hexadecimal (61 is a, 61x5 is aaaaa).
'use strict';
const path = require('path');
const calculator = process.env.SEGMENTS_CALCULATOR || 'sms-segments-calculator';
const { SegmentedMessage } = require(calculator.includes(path.sep) ? path.resolve(calculator) : calculator);

const option = (name, fallback) => {
  const at = process.argv.indexOf('--' + name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};

// mulberry32
let state = option('seed', 1) >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const plain = [...'aaabcdefghij KLMN 0123456789 .,!?@£$éñüΔΩ'];
const extension = [...'^{}\\[~]|€', '\f'];
const breaks = ['\n', '\r', '\r\n'];
const typographic = [...'“”‘’`´…–—•«»½¼÷‹›‼', '\u00a0', '\u200b', '\u2009', '\t', '\ufeff', '\u2060', '\u0000', '\u0010'];
const accents = [...'áíóúâêîôûçÀÁãõăćčđęğıłńőřśşšťůűźžż'];
const scripts = [...'приветμέρααبتثשלוםनमस्तेสวัสดี你好世界한국어ひらカタ'];
const emoji = ['😀', '🎉', '❤️', '👍🏽', '👩‍👩‍👧‍👦', '👩🏾‍🚀', '🇩🇪', '🇺🇸', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '☎️', '🤷‍♀️', '🫠', '🏳️‍🌈', '🇩', '👨‍⚕️'];
const marks = ['e\u0301', 'n\u0303', 'a\u0308\u0323', '\u0301', '\u0338', 'क्षि', 'ก็', '\u1100\u1161\u11a8', '\uac00\u11a8', '\u0600\u0661'];
// At least one of each grapheme class, so that every pair and triple of classes occurs.
const classes = ['\r', '\n', '\u0007', '\u0300', '\u0301', '\u{1f1e6}', '\u{1f1ff}', '\u0903', '\u1100', '\u1161', '\u11a8', '\uac00',
  '\uac01', 'x', '\u4e00', '\u0600', '\u{110bd}', '\u261d', '\u{1f466}', '\u{1f468}', '\u{1f3fb}', '\u200d', '\u2764', '\u{1f308}',
  '\ufe0f', '\u{e0020}', '\ud83d', '\ude00', '\u00ad', '\u0e33'];
const zalgo = () => 'z' + Array.from({ length: below(90) }, () => pick(['\u0300', '\u0316', '\u035c'])).join('');
const anywhere = () => String.fromCodePoint(below(0x20) === 0 ? below(0x110000) : below(0x3100));

const atoms = [
  () => pick(plain), () => pick(extension), () => pick(breaks), () => pick(typographic), () => pick(accents),
  () => pick(scripts), () => pick(emoji), () => pick(marks), () => pick(classes), anywhere, zalgo,
];
const mixes = [
  [0], [0], [0, 1], [0, 1, 2], [0, 3], [0, 3, 1], [0, 4], [0, 5], [5], [6], [0, 6], [7], [0, 7], [8], [8], [8, 6], [9], [0, 2, 5, 6],
  [0, 10], [1], [0, 1, 3, 4, 5, 6, 7, 8, 9],
];
const edges = [67, 70, 134, 140, 153, 160, 201, 306, 320, 459];

const text = () => {
  const mix = pick(mixes);
  const kind = below(10);
  const goal = kind === 0 ? pick(edges) - 3 + below(7) : kind === 1 ? below(400) : kind === 2 && below(40) === 0 ? below(1600) : below(75);
  let out = '';
  while (out.length < goal) {
    const atom = atoms[pick(mix)]();
    out += kind === 0 || below(6) === 0 ? atom.repeat(1 + below(Math.max(1, (goal - out.length) / atom.length))) : atom;
  }
  return out;
};

const packed = (value) => {
  const units = [];
  for (let i = 0; i < value.length; ) {
    let to = i + 1;
    while (to < value.length && value[to] === value[i]) to++;
    units.push(value.charCodeAt(i).toString(16) + (to - i > 1 ? 'x' + (to - i) : ''));
    i = to;
  }
  return units.join(' ');
};

const vector = () => {
  const value = text();
  const smart = below(3) === 0;
  const message = new SegmentedMessage(value, 'auto', smart);
  const gsm = message.encodingName === 'GSM-7';
  const capacity = message.segmentsCount > 1 ? (gsm ? 153 : 67) : gsm ? 160 : 70;
  const bits = gsm ? 7 : 16;
  const last = message.segments[message.segments.length - 1].messageSizeInBits() / bits;
  const other = message.getNonGsmCharacters();
  return [smart ? 1 : 0, gsm ? 'G' : 'U', message.segmentsCount, message.messageSize / bits, Math.max(0, capacity - last),
    other.length, new Set(other).size, packed(value)].join('\t') + '\n';
};

const count = option('count', 20000);
let left = count;
const write = () => {
  while (left > 0) {
    let chunk = '';
    for (let i = 0; i < 1000 && left > 0; i++, left--) chunk += vector();
    if (!process.stdout.write(chunk)) {
      process.stdout.once('drain', write);
      return;
    }
  }
};
write();
