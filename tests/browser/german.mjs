// A German keyboard: where each sign lies and what it is pressed with. Playwright's own keyboard is an American one, on
// which Y, Z, "?", "+", "#" and others lie elsewhere; here Chromium gets what it would get from the other one.

const SHIFT = 8;
const CTRL = 2;

/** Sign: place, virtual key code of Windows' German layout, and the sign that the same key has without Shift. */
const SIGNS = {
  ",": ["Comma", 188], ".": ["Period", 190], "-": ["Slash", 189], "+": ["BracketRight", 187], "#": ["Backslash", 191],
  "<": ["IntlBackslash", 226], ß: ["Minus", 219],
};
const SHIFTED = {
  "?": "ß", "/": "7", ">": "<", "*": "+", "'": "#", ":": ".", ";": ",", _: "-", "!": "1", "=": "0", "(": "8", ")": "9",
};
const NAMED = {
  Enter: 13, Escape: 27, Tab: 9, Backspace: 8, Delete: 46, Home: 36, End: 35, PageUp: 33, PageDown: 34,
  ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, F2: 113,
};
/** What the client writes on its key caps, where it is not the sign itself. */
const CAPS = {
  "↵": "Enter", Esc: "Escape", Leer: " ", Tab: "Tab", "↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight",
  "Bild ↑": "PageUp", "Bild ↓": "PageDown", Pos1: "Home", Ende: "End", Entf: "Delete", Rücktaste: "Backspace", F2: "F2",
};

/** The press that a key cap such as `⇧ M` or `Strg Z` asks for. */
export function pressOf(cap) {
  let rest = cap.trim();
  const held = { ctrl: false, shift: false };
  for (const [word, name] of [["Strg ", "ctrl"], ["⇧ ", "shift"]]) {
    if (!rest.startsWith(word)) continue;
    held[name] = true;
    rest = rest.slice(word.length);
  }
  const key = CAPS[rest] ?? rest.toLowerCase();
  return { ...held, key };
}

function placed(key) {
  if (NAMED[key] !== undefined) return { code: key, virtual: NAMED[key], text: key === "Enter" ? "\r" : "" };
  if (key === " ") return { code: "Space", virtual: 32, text: " " };
  if (/^[0-9]$/.test(key)) return { code: `Digit${key}`, virtual: key.charCodeAt(0), text: key };
  if (/^[a-zA-Z]$/.test(key)) {
    const letter = key.toUpperCase();
    const place = { Y: "Z", Z: "Y" }[letter] ?? letter;
    return { code: `Key${place}`, virtual: letter.charCodeAt(0), text: key };
  }
  if (SIGNS[key] !== undefined) return { code: SIGNS[key][0], virtual: SIGNS[key][1], text: key };
  throw new Error(`a German keyboard has no key for ${key} without AltGr`);
}

/** Key presses of a page as a German keyboard sends them. */
export async function germanKeyboard(page) {
  const line = await page.context().newCDPSession(page);
  const send = (type, event) => line.send("Input.dispatchKeyEvent", { type, ...event });
  const press = async ({ key, shift = false, ctrl = false }) => {
    const base = SHIFTED[key] ?? key;
    const isLetter = /^[a-zA-Z]$/.test(key);
    const held = shift || base !== key || (isLetter && key !== key.toLowerCase());
    const { code, virtual, text } = placed(base);
    const sign = isLetter && held ? key.toUpperCase() : key;
    const modifiers = (held ? SHIFT : 0) + (ctrl ? CTRL : 0);
    const event = { key: sign, code, windowsVirtualKeyCode: virtual, modifiers };
    if (held) await send("rawKeyDown", { key: "Shift", code: "ShiftLeft", windowsVirtualKeyCode: 16, modifiers: SHIFT });
    const types = text !== "" && !ctrl;
    const typed = sign === "Enter" ? "\r" : sign;
    if (types) await send("keyDown", { ...event, text: typed, unmodifiedText: text });
    else await send("rawKeyDown", event);
    await send("keyUp", event);
    if (held) await send("keyUp", { key: "Shift", code: "ShiftLeft", windowsVirtualKeyCode: 16, modifiers: 0 });
  };
  return {
    press,
    type: async (text) => {
      for (const key of text) await press({ key });
    },
  };
}

/** The same two acts on the American keyboard that Playwright has. */
export function americanKeyboard(page) {
  return {
    press: async ({ key, shift = false, ctrl = false }) => {
      await page.keyboard.press(`${ctrl ? "Control+" : ""}${shift ? "Shift+" : ""}${key}`);
    },
    type: async (text) => await page.keyboard.type(text),
  };
}
